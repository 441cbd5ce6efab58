"""A table into rows: what CSV and XLSX have in common."""

from collections.abc import Callable, Iterable

from registry_app.domain.message import say
from registry_app.exchange.rows import (
    MAX_COLUMNS,
    Cell,
    Problem,
    Source,
    SourceRow,
    Unreadable,
    name_of,
    quoted,
)

#: From a line, the index of a column (0 is the first) and its name to a place's name.
Place = Callable[[int, int, str], str]


def from_table(lines: Iterable[tuple[int, list[str]]], place: Place) -> Source:
    """The rows under a header. `lines`: line number and the texts of its cells.

    Raises Unreadable where there is no header, or no list of exams could be so wide.
    """
    following = iter(lines)
    header = next(((n, cells) for n, cells in following if _filled(cells)), None)
    if header is None:
        raise Unreadable("import.empty")
    first, names = header[0], [name_of(name) for name in header[1]]
    while not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise Unreadable(
            "import.too-many-columns", line=first, number=len(names), most=MAX_COLUMNS
        )
    problems, columns = [], dict[str, str]()
    for index, name in enumerate(names):
        where = place(first, index, quoted(name))
        if not name:
            wrong = say("import.no-name", number=index + 1)
            problems.append(Problem(first, where, wrong))
        elif name in columns:
            wrong = say("import.column-twice", name=quoted(name))
            problems.append(Problem(first, where, wrong))
        else:
            columns[name] = where
    shown = [quoted(name) for name in names]
    rows = []
    for line, cells in following:
        if not _filled(cells):
            continue
        if _filled(cells[len(names) :]):
            wrong = say("import.too-many-cells", number=len(cells), most=len(names))
            problems.append(Problem(line, "", wrong))
            continue
        found = {
            name: Cell(text, place(line, index, shown[index]))
            for index, (name, text) in enumerate(zip(names, cells, strict=False))
            if name and text.strip()
        }
        rows.append(SourceRow(line, found))
    return Source(tuple(rows), columns, tuple(problems))


def _filled(cells: list[str]) -> bool:
    return any(cell.strip() for cell in cells)
