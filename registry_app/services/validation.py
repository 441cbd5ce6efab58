"""The validation file of this program, as it was shipped, and its paper."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry_app.domain.message import Told
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.report import OwnPaper
from registry_app.domain.rights import Deed
from registry_app.domain.validation import Outcome, Requirement, Run, Validation
from registry_app.paths import RESOURCES
from registry_app.services.desk import Desk
from registry_app.services.own_papers import file_own, numbered
from registry_app.services.planning import protocol_of
from registry_app.services.program import code_hash, program
from registry_app.services.rights import needs
from registry_app.services.self_check import Going, no_going, self_check
from registry_app.storage import trail
from registry_app.words import Language

_FOLDER: Final = RESOURCES / "validation"
RESULT: Final = _FOLDER / "result.json"


@dataclass(frozen=True, slots=True)
class ValidationPaper:
    """The paper and its number."""

    number: str
    pdf: bytes


def validation() -> Validation:
    """What is required, and what the newest kept run of all tests has shown."""
    listed = tomllib.loads((_FOLDER / "requirements.toml").read_text("utf-8"))
    found = tuple(_requirement(one) for one in listed["requirement"])
    return Validation(found, _run() if RESULT.exists() else None)


def _requirement(told: dict[str, Any]) -> Requirement:
    return Requirement(
        told["id"],
        told["part"],
        Told(**told["text"]),
        Told(**told["source"]),
        told["confidence"],
        tuple(told["tests"]),
    )


def _run() -> Run:
    told = json.loads(RESULT.read_text("utf-8"))
    return Run(
        date.fromisoformat(told["on"]),
        told["program"],
        told["code"],
        told["machine"],
        {id_: Outcome(*numbers) for id_, numbers in told["outcomes"].items()},
    )


@needs(Deed.REPORT)
def validation_paper(
    desk: Desk,
    languages: tuple[Language, ...] = (Language.JA,),
    going: Going = no_going,
) -> ValidationPaper:
    """Requirements with tests and results, the self-check of this computer, and room
    for the signatures of who accepts it; filed.

    `going`: told how far the self-check is, from 0 to 1; what it raises ends it.
    """
    # Not at start: reportlab takes longer to load than the sign-in window.
    from registry_app.reports import validation as paper
    from registry_app.reports.issue import Issue

    now = desk.clock()
    checked = self_check(desk, going)
    with desk.read() as reading:
        cut = trail.newest(reading.connection, desk.registry.site)
        entry = trail.entry_at(reading.connection, cut.seq)
        pack = protocol_of(reading).pack
        number = numbered(reading, OwnPaper.VALIDATION, desk.registry.site, now)
    issue = Issue(
        number=number,
        registry=desk.registry,
        cut=cut,
        cut_at=now if entry is None else entry.at,
        languages=languages,
        software=program(),
        kind=OwnPaper.VALIDATION,
        pack=pack.name,
    )
    said = paper.Said(
        validation(),
        program(),
        code_hash(),
        checked,
        desk.person.display_name,
        day_in_japan(now),
    )
    made = paper.validation_paper(said, issue)
    with desk.begin() as work:
        file_own(work, issue, made.pdf, made.digest, now)
    return ValidationPaper(number, made.pdf)
