"""The parts of a report that people write; they are kept with the data cut."""

from collections.abc import Mapping
from dataclasses import replace

from registry_app.domain.errors import InvalidValue
from registry_app.domain.report import SLOTS, Kind, ReportText
from registry_app.domain.rights import Deed
from registry_app.services.cuts import cut_numbered
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage.issued import issued_with
from registry_app.storage.work import Work


@needs(Deed.LOOK)
def texts(desk: Desk, kind: Kind, cut_id: str) -> Mapping[str, ReportText]:
    """Every slot of a kind, in the order of the report; empty where nobody wrote."""
    with desk.read() as reading:
        found = reading.find(ReportText, cut=cut_id, kind=kind.value)
    written = {one.slot: one for one in found}
    return {
        slot: written.get(slot, _empty(kind, cut_id, slot))
        for slot in SLOTS.get(kind, ())
    }


@needs(Deed.LOOK)
def texts_issued(desk: Desk, kind: Kind, cut_id: str) -> bool:
    """Whether a report was issued with these texts: to change them needs a reason."""
    with desk.read() as reading:
        return issued_with(reading.connection, kind.value, cut_id)


@needs(Deed.REPORT)
def save_texts(
    desk: Desk,
    kind: Kind,
    cut_id: str,
    written: Mapping[str, tuple[str, str]],
    reason: str = "",
) -> tuple[ReportText, ...]:
    """Write parts anew, all or none; what they said before stays in the trail.

    `written`: by slot, what it says in Japanese and in English. Raises Refused for a
    cut that is not there, and without a reason once a report was issued with them;
    InvalidValue for a slot that the kind does not have.
    """
    for slot in written:
        if slot not in SLOTS.get(kind, ()):
            raise InvalidValue(
                "report_service.no-such-slot", kind=kind.letters, slot=slot
            )
    cut_numbered(desk, cut_id)
    with desk.begin(reason) as work:
        return tuple(
            _saved(work, _empty(kind, cut_id, slot), _kept(ja), _kept(en))
            for slot, (ja, en) in written.items()
        )


def _saved(work: Work, bare: ReportText, ja: str, en: str) -> ReportText:
    """The part as it is now; an empty one that nobody wrote leaves no record."""
    found = work.find(ReportText, id=bare.id)
    known = found[0] if found else bare
    new = replace(known, ja=ja, en=en)
    return known if new == known and not known.version else work.save(new)


def _empty(kind: Kind, cut_id: str, slot: str) -> ReportText:
    return ReportText(f"{cut_id}:{kind.value}:{slot}", cut_id, kind.value, slot)


def _kept(text: str) -> str:
    """As typed, but for blanks around it and the ends of lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
