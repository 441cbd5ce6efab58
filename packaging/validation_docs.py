"""docs/validation and its results, from the requirements and a run of all tests.

    pytest --junitxml=FILE && python packaging/validation_docs.py FILE

Without a file the pages are written from the results that are kept.
"""

import json
import platform
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

from registry_app.domain.validation import Requirement, meant
from registry_app.paths import ROOT
from registry_app.services.program import code_hash, program
from registry_app.services.validation import RESULT, validation
from registry_app.words import Language, Words

FOLDER = ROOT / "docs" / "validation"


def ran(file: Path) -> list[tuple[str, str, str]]:
    """Each test of a run: its file under tests/, its name, and what became of it.

    A test that was skipped is none that was run.
    """
    found = []
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        where = case.get("classname", "").removeprefix("tests.").replace(".", "/")
        state = {child.tag for child in case}
        if "skipped" not in state:
            wrong = "failed" if state & {"failure", "error"} else "passed"
            found.append((f"{where}.py", case.get("name", ""), wrong))
    return found


def outcomes(
    requirements: tuple[Requirement, ...], tests: list[tuple[str, str, str]]
) -> dict[str, tuple[int, int]]:
    """Passed and failed tests by requirement; one of which none was run has no line."""
    found = {}
    for one in requirements:
        states = [
            state
            for file, name, state in tests
            if any(meant(test, file, name) for test in one.tests)
        ]
        if states:
            found[one.id] = (states.count("passed"), states.count("failed"))
    return found


def keep(file: Path) -> None:
    """Keep the results of a run with the program."""
    tests = ran(file)
    told = {
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
        "program": program(),
        "code": code_hash(),
        "machine": f"Python {platform.python_version()}, {platform.system()}",
        "tests": len(tests),
        "outcomes": outcomes(validation().requirements, tests),
    }
    RESULT.write_text(f"{json.dumps(told, indent=1)}\n", "utf-8")


def page(words: Words) -> str:
    """Requirement, test, result: one page in one language."""
    whole = validation()
    run, shown = whole.run, whole.shown
    lines = [f"# {words('validation.title')}", ""]
    lines += [words("validation.says", shown=shown, all=len(whole.requirements)), ""]
    if run is not None:
        for name, value in (
            ("run-on", run.on.isoformat()),
            ("run-of", run.program),
            ("run-code", f"`{run.code}`"),
            ("machine", run.machine),
        ):
            lines.append(f"- {words(f'validation.{name}')}: {value}")
        lines.append("")
    parts = defaultdict(list)
    for one in whole.requirements:
        parts[one.part].append(one)
    heads = ("id", "text", "source", "tests", "result")
    head = " | ".join(words(f"validation.head-{name}") for name in heads)
    for part, several in parts.items():
        lines += [f"## {words(f'validation.part-{part}')}", "", f"| {head} |"]
        lines.append(f"| {' | '.join(['---'] * len(heads))} |")
        for one in several:
            found = whole.outcome(one)
            said = words("validation.not-run")
            if found is not None:
                key = "shown" if found.shown else "failed"
                counts = {"passed": found.passed, "failed": found.failed}
                said = words(f"validation.{key}", **counts)
            sure = words(f"validation.{one.confidence}")
            tests = "<br>".join(f"`tests/{test}`" for test in one.tests)
            cells = (
                one.id,
                words.say(one.text),
                f"{words.say(one.source)} [{sure}]",
                tests,
                said,
            )
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def main(argv: list[str]) -> None:
    """Keep a run, if one is given, and write the pages."""
    if argv:
        keep(Path(argv[0]))
    FOLDER.mkdir(exist_ok=True)
    for language in Language:
        place = FOLDER / f"matrix-{language}.md"
        place.write_text(page(Words(language)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
