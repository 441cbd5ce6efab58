"""The records behind a printed number: which case, what, when, as of its report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry_app.domain.course import Course, FollowUp, Indication
from registry_app.domain.figures.document import Ref, Said
from registry_app.domain.message import Message, say
from registry_app.domain.rights import Deed
from registry_app.domain.safety import Event, Letter, SafetyCase
from registry_app.domain.subject import Identity, Subject
from registry_app.domain.visit import Form, Visit
from registry_app.services.desk import Desk
from registry_app.services.hiding import check_all_shown
from registry_app.services.rights import needs
from registry_app.storage.kinds import KINDS
from registry_app.storage.work import Reading

#: So many ids are asked for at once: SQLite has a limit.
_LOT: Final = 500
_TYPES: Final = {kind.name: kind.type for kind in KINDS}
#: Where the day of a record stands: the first of these that it has, and says.
_DAYS: Final = (
    *("on", "date", "onset", "injury_date", "given_on", "ordered_on", "signed_on"),
    *("done_on", "ended_on", "sent_on", "effective_on", "hospital_aware"),
    *("holder_aware", "registered_on"),
)
#: Where its own words stand.
_WORDS: Final = ("title", "what", "number", "reason", "rule", "about", "label", "code")
_OF_ITS_ID: Final = (Subject, Identity, Course, FollowUp, Indication)


@dataclass(frozen=True, slots=True)
class Source:
    """One record. `of`: the case ID, or the number of the safety case, or "".

    `what`: the kind of record in words; `about`: what it says of itself. `subject_id`,
    `form_id`, `safety_case`: where it is opened, "" where there is no such place.
    """

    ref: Ref
    of: str
    what: Message
    about: Said
    on: date | None
    subject_id: str = ""
    form_id: str = ""
    safety_case: str = ""


@needs(Deed.LOOK)
def records_behind(
    desk: Desk, refs: Sequence[Ref], as_of: int | None = None
) -> tuple[Source, ...]:
    """The records of `refs` in their order, as they were after a trail entry.

    One that is not there is left out: a value may name what only it is counted from.
    Raises Refused while anything is hidden from the person at the desk.
    """
    check_all_shown(desk)
    with desk.read(as_of) as reading:
        pack = desk.planner.plan(reading).protocol.pack
        names: dict[str, Said] = {form.id: form.name for form in pack.forms}
        found = _found(reading, refs)
        forms = [record for record in found.values() if isinstance(record, Form)]
        visits = _lots(reading, Visit, [form.visit_id for form in forms])
    return tuple(
        _source(ref, found[ref.kind, ref.id], visits, names)
        for ref in dict.fromkeys(refs)
        if (ref.kind, ref.id) in found
    )


def _found(reading: Reading, refs: Sequence[Ref]) -> dict[tuple[str, str], Any]:
    kinds: dict[str, dict[str, None]] = {}
    for ref in refs:
        if ref.kind in _TYPES:
            kinds.setdefault(ref.kind, {})[ref.id] = None
    return {
        (kind, id_): record
        for kind, ids in kinds.items()
        for id_, record in _lots(reading, _TYPES[kind], list(ids)).items()
    }


def _lots(reading: Reading, of: type[Any], ids: list[str]) -> dict[str, Any]:
    def each() -> Iterator[tuple[str, Any]]:
        for at in range(0, len(ids), _LOT):
            for record in reading.find(of, id=tuple(ids[at : at + _LOT])):
                yield record.id, record

    return dict(each())


def _source(
    ref: Ref, record: Any, visits: Mapping[str, Visit], names: Mapping[str, Said]
) -> Source:
    subject_id = getattr(record, "subject_id", "")
    form_id, safety_case = getattr(record, "form_id", ""), ""
    if isinstance(record, _OF_ITS_ID):
        subject_id = record.id
    if isinstance(record, Form):
        form_id = record.id
        subject_id = visits[record.visit_id].subject_id
    if isinstance(record, SafetyCase):
        safety_case = record.id
    elif isinstance(record, Event | Letter):
        safety_case = record.case_id
    day = next((d for name in _DAYS if (d := getattr(record, name, None))), None)
    return Source(
        ref,
        ref.of or subject_id or safety_case,
        say(f"trail.kind-{ref.kind}"),
        _about(record, names),
        day if isinstance(day, date) else None,
        subject_id,
        form_id,
        safety_case,
    )


def _about(record: Any, names: Mapping[str, Said]) -> Said:
    if isinstance(record, Form):
        return names.get(record.instrument, record.instrument)
    told = (getattr(record, name, "") for name in _WORDS)
    return next((text for text in told if isinstance(text, str) and text), "")
