"""The versions of one safety case as R2 prints them, and its correspondence."""

from collections.abc import Sequence

from registry_app.domain.figures.cells import (
    columns,
    dash,
    day,
    refs_of,
    rows,
    said,
    written,
)
from registry_app.domain.figures.document import Ref, Table, Value
from registry_app.domain.message import Message, say
from registry_app.domain.safety import Letter, SafetyCase


def _head(name: str) -> Message:
    return say(f"case_report.{name}")


def versions_table(case: SafetyCase) -> Table:
    """Each report of the case: day 0, what was new, when it was sent, its receipt."""
    ref = (Ref("safety_case", case.id, case.id),)
    numbered = sorted(case.versions.items(), key=lambda item: int(item[0]))
    return Table(
        "versions",
        say("case_report.table-versions"),
        columns(
            _head,
            ("version", 22.0),
            ("clock-day-0", 20.0),
            ("class-then", 20.0),
            ("new", 36.0),
            ("significant", 18.0),
            ("sent-on", 20.0),
            ("receipt", 32.0),
        ),
        rows(
            (
                Value(say("case_report.version-number", number=number), number, ref),
                day(version.day0, ref),
                written(version.event_class, ref),
                written(version.what, ref),
                said(
                    say(f"case_report.{'yes' if version.significant else 'no'}"),
                    version.significant,
                    ref,
                ),
                day(version.sent_on, ref) if version.sent_on else _unsent(ref),
                written(version.receipt, ref) if version.sent_on else dash(ref),
            )
            for number, version in numbered
        ),
        notes=(say("case_report.note-versions"),),
    )


def _unsent(ref: tuple[Ref, ...]) -> Value:
    return Value(say("case_report.not-sent"), None, ref)


def letters_table(letters: Sequence[Letter]) -> Table:
    """What was written to and fro about the case, by its day."""
    return Table(
        "letters",
        say("case_report.table-letters"),
        columns(
            _head,
            ("letter-on", 18.0),
            ("direction", 15.0),
            ("with", 36.0),
            ("way", 20.0),
            ("about", 47.0),
            ("receipt", 32.0),
        ),
        rows(
            (
                day(letter.on, ref),
                said(
                    say(f"case_report.{'incoming' if letter.incoming else 'outgoing'}"),
                    letter.incoming,
                    ref,
                ),
                written(letter.who, ref),
                written(letter.way, ref),
                written(letter.about, ref),
                written(letter.receipt, ref),
            )
            for letter in sorted(letters, key=lambda each: (each.on, each.id))
            for ref in [refs_of("letter", [letter.id], letter.case_id)]
        ),
    )
