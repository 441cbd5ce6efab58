"""``registry-app classify``: one ISNCSCI exam a line in, its classification a line out.

Lines are read, answered and forgotten one by one, so that a million of them need no
more memory than one. A line that is not an exam is answered with what is wrong and
where, and the others go on. Empty lines are passed over.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final, Never

from registry_app.cli.desk import add_lang
from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.explain import explain
from registry_app.domain.isncsci.notation import exam_from_nested, result_to_json
from registry_app.domain.isncsci.plausibility import warnings
from registry_app.domain.message import say
from registry_app.words import Words

#: A line with an exam is about 3,000 bytes; a longer one than this is no exam.
LIMIT: Final = 1 << 20
_STANDARD: Final = "-"
_BOM: Final = b"\xef\xbb\xbf"


def add_parser(subparsers: Any, words: Words) -> None:
    """Add the subcommand to the program's parser."""
    text = words("cli.classify")
    parser: ArgumentParser = subparsers.add_parser(
        "classify", help=text, description=text
    )
    parser.add_argument(
        "file",
        nargs="?",
        default=_STANDARD,
        metavar="IN.jsonl",
        help=words("cli.classify-input"),
    )
    parser.add_argument(
        "--explain", action="store_true", help=words("cli.classify-explain")
    )
    add_lang(parser, words)
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Classify every line; 1 if one of them was not an exam, or none could be read."""
    words: Words = args.words
    try:
        source = (
            nullcontext(sys.stdin.buffer)
            if args.file == _STANDARD
            else open(args.file, "rb")  # noqa: SIM115
        )
    except OSError:
        raise Refused("cli.no-input", file=Path(args.file).name) from None
    out = sys.stdout.buffer
    all_well = True
    with source as lines:
        for number, line in _lines(lines):
            answer, well = _answer(line, number, words, explained=args.explain)
            all_well = all_well and well
            out.write(_encoded(answer))
            # Somebody may be waiting for this very answer.
            out.flush()
    return 0 if all_well else 1


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line that is not empty, with its number; None for one that is too long."""
    number = 0
    while line := source.readline(LIMIT + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(_BOM)
        if len(line) > LIMIT and not line.endswith(b"\n"):
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = source.readline(LIMIT)
            yield number, None
        elif line.strip():
            yield number, line


def _answer(
    line: bytes | None, number: int, words: Words, *, explained: bool
) -> tuple[dict[str, Any], bool]:
    """What is answered to one line, and whether it was an exam."""
    given: dict[str, Any] = {}
    try:
        data = _read(line)
        given = {key: value for key, value in data.items() if key != "exam"}
        if "exam" not in data:
            raise InvalidValue("isncsci.no-exam")
        exam = exam_from_nested(data["exam"])
    except InvalidValue as error:
        what = words("isncsci.line", line=number, what=error.message)
        return {"id": None} | given | {"error": what}, False
    result = classify(exam)
    answer = given | {
        "result": result_to_json(result),
        "missing": list(result.missing),
        "warnings": [words.say(doubt) for doubt in warnings(exam, result)],
    }
    if explained:
        answer["explain"] = [
            words("isncsci.reason", rule=reason.rule, sentence=reason.message)
            for reason in explain(exam, result)
        ]
    return answer, True


def _no_constant(_name: str) -> Never:
    raise ValueError


def _read(line: bytes | None) -> dict[str, Any]:
    """The JSON object of a line; InvalidValue with what it is instead."""
    if line is None:
        raise InvalidValue("isncsci.too-long", limit=LIMIT)
    try:
        data = json.loads(line.decode("utf-8").rstrip(), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise InvalidValue("isncsci.not-utf-8") from None
    except json.JSONDecodeError as error:
        raise InvalidValue("isncsci.not-json", column=error.pos + 1) from None
    except (ValueError, RecursionError):
        # NaN, a number without end, brackets without end: JSON by nobody's measure.
        raise InvalidValue("isncsci.not-json", column=1) from None
    if not isinstance(data, dict):
        raise InvalidValue("isncsci.not-an-object", where=say("isncsci.the-line"))
    return data


def _encoded(answer: dict[str, Any]) -> bytes:
    try:
        return (json.dumps(answer, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        # Half a surrogate pair in a key that we give back as it came.
        return (json.dumps(answer) + "\n").encode()
