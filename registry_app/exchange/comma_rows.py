"""CSV in: a header, then one exam a row."""

import csv
from collections.abc import Iterator

from registry_app.domain.message import say
from registry_app.exchange.rows import MAX_LINE, Problem, Source, Unreadable
from registry_app.exchange.table import from_table
from registry_app.exchange.text import decoded


def read_csv(data: bytes) -> Source:
    """The rows of a CSV file, separated by commas, quoted as RFC 4180 says.

    The cell of a problem is named by its column, for a line of text has no letters.
    """
    text, notices = decoded(data)
    longest = max((len(line), n) for n, line in enumerate(text.split("\n"), start=1))
    if longest[0] > MAX_LINE:
        raise Unreadable(
            "import.line-too-long", line=longest[1], length=longest[0], most=MAX_LINE
        )
    problems: list[Problem] = []
    source = from_table(_lines(text, problems), lambda _line, _index, name: name)
    return Source(
        source.rows,
        source.columns,
        (*problems, *source.problems),
        (*notices, *source.notices),
    )


def _lines(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; a broken quote ends the reading."""
    lines = text.split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            problems.append(Problem(begins, "", say("import.broken-quotes")))
            return
        yield begins, record
