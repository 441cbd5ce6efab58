"""What a record's state is in words: signatures, the change that voided one, marks."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from registry_app.domain.dates import TOKYO
from registry_app.domain.person import Role
from registry_app.services.trail_words import kind_text
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.domain.lock import RecordLock
    from registry_app.services.record_signing import Given
    from registry_app.services.record_state import RecordState
    from registry_app.services.source_checks import Mark, Marks


class Said(NamedTuple):
    """One chip: its shape, its words, and the whole sentence as its tool tip."""

    status: str
    text: str
    tip: str = ""


def time_said(at: datetime) -> str:
    """A time in Japan, to the minute."""
    return at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M")


def state_said(words: Words, state: RecordState) -> list[Said]:
    """The chips of a record, what somebody must see to first."""
    said = []
    for given in state.standing.void:
        meaning = given.signature.meaning.told
        text = words("signing.chip-void", meaning=meaning)
        said.append(Said("overdue", text, voided_said(words, given)))
    for lock in state.locks:
        text = words("signing.chip-locked", of=lock.of.told)
        said.append(Said("blocked", text, locked_said(words, lock)))
    for one in state.standing.holding:
        text = words("signing.chip-held", meaning=one.meaning.told, name=one.name)
        tip = words(
            "signing.held",
            meaning=one.meaning.told,
            name=one.name,
            role=Role(one.role).told,
            at=time_said(one.at),
        )
        said.append(Said("done", text, tip))
    if not state.standing.given:
        unsigned = words("signing.unsigned")
        said.append(Said("open", words("signing.chip-unsigned"), unsigned))
    if state.marks is not None:
        said += _marks(words, state.marks)
    return said


def locked_said(words: Words, lock: RecordLock) -> str:
    """What is locked, by whom, since when."""
    day = lock.at.astimezone(TOKYO).date().isoformat()
    told = {"of": lock.of.told, "person": lock.person, "on": day}
    return words("signing.locked-by", **told)


def _marks(words: Words, marks: Marks) -> list[Said]:
    said = []
    if marks.dropped:
        text = words("signing.chip-dropped", count=len(marks.dropped))
        said.append(Said("due", text, mark_said(words, marks.dropped[0])))
    if marks.verified:
        told = {"count": marks.verified, "all": len(marks.written)}
        text = words("signing.chip-checked", **told)
        whole = marks.whole is not None and marks.whole.holds
        tip = mark_said(words, marks.whole) if marks.whole and whole else ""
        said.append(Said("done" if told["count"] == told["all"] else "now", text, tip))
    return said


def mark_said(words: Words, mark: Mark) -> str:
    """Who compared it with its source, when, and the change that undid it."""
    told = {"person": mark.check.person, "at": time_said(mark.check.at)}
    if mark.dropped is None:
        return words("signing.checked-tip", **told)
    told |= {"by": mark.dropped.actor, "when": time_said(mark.dropped.at)}
    return words("signing.dropped-tip", **told)


def voided_said(words: Words, given: Given) -> str:
    """Which signature is void, and by what change."""
    one, change = given.signature, given.change
    told = {
        "meaning": words.say(one.meaning.told),
        "name": one.name,
        "at": time_said(one.at),
    }
    if change is None:
        return words("signing.voided-moved", **told)
    what = kind_text(words, change.kind)
    told |= {"what": what, "when": time_said(change.at), "by": change.actor}
    return words("signing.voided", **told)
