"""What was being typed when the screen locked or the program ended; its author's only.

A draft lies in the registry file, encrypted as everything else, and is never put
anywhere by itself: its author takes it up or discards it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from registry_app.domain.errors import NotFound
from registry_app.domain.kept_draft import Fate, KeptDraft
from registry_app.domain.rights import Deed
from registry_app.domain.seal import TrailSeal
from registry_app.domain.subject import Subject
from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
from registry_app.services.blinded_desk import begun_by_me, is_blinded
from registry_app.services.desk import Desk
from registry_app.services.rights import needs
from registry_app.storage import trail
from registry_app.storage.work import Reading, Work


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A draft of an ISNCSCI sheet that the person at the desk was the last to write.

    `cut_off`: it was written in a sitting that has not ended as it should.
    """

    form_id: str
    subject_id: str
    at: datetime
    cut_off: bool


@needs(Deed.OWN)
def keep(
    desk: Desk,
    place: str,
    about: str,
    subject_id: str,
    values: Mapping[str, str],
    draft_id: str = "",
) -> KeptDraft:
    """Keep what stands in the fields of a dialog or a page, or keep it anew.

    `draft_id`: of the one that the same dialog has kept before. What has not changed is
    not written again.
    """
    with desk.begin() as work:
        known = _mine(work, desk, draft_id) if draft_id else None
        if known is not None and known.values == values and known.fate is Fate.OPEN:
            return known
        draft = KeptDraft(
            known.id if known else desk.new_id(),
            desk.person.id,
            place,
            about,
            subject_id if work.find(Subject, id=subject_id) else "",
            dict(values),
            desk.clock(),
            version=known.version if known else 0,
        )
        return work.save(draft)


@needs(Deed.OWN)
def mine(desk: Desk) -> tuple[KeptDraft, ...]:
    """The drafts of the person at the desk that wait, the newest first."""
    with desk.read() as reading:
        found = reading.find(KeptDraft, person=desk.person.id, fate=Fate.OPEN)
    return tuple(sorted(found, key=lambda draft: draft.at, reverse=True))


@needs(Deed.OWN)
def take_up(desk: Desk, draft_id: str) -> KeptDraft:
    """What was kept, as it was; it stands in its dialog again and waits no more.

    Raises NotFound for one of somebody else.
    """
    with desk.begin() as work:
        draft = _mine(work, desk, draft_id)
        work.save(replace(draft, values={}, fate=Fate.TAKEN))
    return draft


@needs(Deed.OWN)
def discard(desk: Desk, draft_id: str) -> None:
    """Let it go; what it said stays in the trail alone. Raises NotFound: no own one."""
    with desk.begin() as work:
        draft = _mine(work, desk, draft_id)
        work.save(replace(draft, values={}, fate=Fate.DISCARDED))


@needs(Deed.OWN)
def open_sheets(desk: Desk) -> tuple[OpenSheet, ...]:
    """Drafts of sheets whose last hand was the person at the desk, the newest first.

    A blinded assessor is told of those that they began.
    """
    with desk.read() as reading:
        drafts = reading.find(Form, instrument=ISNCSCI, status=Status.DRAFT)
        if is_blinded(desk.person):
            begun = begun_by_me(reading, desk, [form.id for form in drafts])
            drafts = tuple(form for form in drafts if form.id in begun)
        patients = _patients(reading, drafts)
        seals = reading.find(TrailSeal, person=desk.person.id)
        sealed = max((seal.seq for seal in seals), default=0)
        found = []
        for form in drafts:
            newest = trail.entries(
                reading.connection, kind="form", ids=[form.id], newest=1
            )
            for last in newest:
                if last.actor == desk.person.id:
                    subject = patients[form.visit_id]
                    found.append(
                        OpenSheet(form.id, subject, last.at, last.seq > sealed)
                    )
    return tuple(sorted(found, key=lambda sheet: sheet.at, reverse=True))


def _patients(reading: Reading, forms: tuple[Form, ...]) -> dict[str, str]:
    """Whose each visit is."""
    visits = reading.find(Visit, id={form.visit_id for form in forms})
    return {visit.id: visit.subject_id for visit in visits}


def _mine(work: Work, desk: Desk, draft_id: str) -> KeptDraft:
    draft = work.get(KeptDraft, draft_id)
    if draft.person != desk.person.id:
        raise NotFound("storage.no-such-record", id=draft_id)
    return draft
