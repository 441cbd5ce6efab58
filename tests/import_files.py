"""Files to import, sound and broken, made as a test asks for them."""

import csv
import io
import json
from datetime import date

from openpyxl import Workbook

from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.notation import exam_to_nested
from registry_app.exchange.rows import COLUMNS
from tests.builders import a_sheet

HEAD = {
    "patient": "P-1",
    "arm": "treated",
    "sex": "male",
    "birth_year": "1980",
    "injury_date": "2026-01-10",
    "treatment_date": "2026-02-20",
    "level_cause": "traumatic",
    "exam_date": "2026-01-15",
    "visit": "baseline",
    "assessor": "架空 評価者",
    "blinded": "true",
}


def a_row(**told):
    """A row of a table: everything filled in, but for what is told."""
    return {**HEAD, **a_sheet(), **told}


def an_object(scores=None, **told):
    """The same row, as an object of a JSON Lines file."""
    row = {**HEAD, "birth_year": 1980, "blinded": True, **told}
    return {"exam": exam_to_nested(Exam(a_sheet(**(scores or {})))), **row}


def csv_bytes(*rows, columns=COLUMNS, encoding="utf-8"):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode(encoding)


def jsonl_bytes(*objects):
    return "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects).encode()


def xlsx_bytes(*rows, columns=COLUMNS, title="exams", change=None):
    book = Workbook()
    book.active.title = title
    book.active.append(list(columns))
    for row in rows:
        book.active.append([row.get(column) for column in columns])
    if change is not None:
        change(book)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def letter(column):
    """The letters under which Excel shows a column of the template."""
    index, letters = COLUMNS.index(column) + 1, ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def typed(**told):
    """A row as Excel keeps it: numbers and days, not texts."""
    row = a_row(**told)
    days = ("injury_date", "treatment_date", "exam_date")
    return {
        name: date.fromisoformat(value)
        if name in days and name not in told
        else int(value)
        if isinstance(value, str) and value.isdigit()
        else value
        for name, value in row.items()
    }
