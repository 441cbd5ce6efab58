"""What a person who is assigned blind is not given: asked by what tells of patients.

Of a patient of whom somebody may not know all, they get no more than who it is; papers
and the trail tell of everybody, so they get none while anything is kept from them. The
role of a blinded assessor gets none of it anyway (domain/rights.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry_app.domain.blinding import BlindAssignment, Hidden
from registry_app.domain.errors import Refused
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Identity, Subject
from registry_app.services.blinding import hidden_from_me, hidden_in
from registry_app.services.rights import needs
from registry_app.storage.planned import all_subjects
from registry_app.storage.work import Reading

if TYPE_CHECKING:
    from registry_app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Veiled:
    """A patient as somebody may know them who is blind: who it is, and to what."""

    subject_id: str
    kana: str
    hospital_number: str
    hidden: frozenset[Hidden]


@needs(Deed.LOOK)
def veiled(desk: Desk, subject_id: str) -> Veiled | None:
    """None where the person at the desk may know all. Raises NotFound."""
    hidden = hidden_from_me(desk, subject_id)
    if not hidden:
        return None
    with desk.read() as reading:
        reading.get(Subject, subject_id)
        found = reading.find(Identity, id=subject_id)
    if not found:
        return Veiled(subject_id, "", "", hidden)
    who = found[0]
    kana = f"{who.family_kana} {who.given_kana}".strip()
    return Veiled(subject_id, kana, who.hospital_number, hidden)


def check_shown(seat: Desk, subject_id: str) -> None:
    """Raise Refused where something of the patient is kept from who sits here."""
    with seat.read() as reading:
        if hidden_in(reading, seat, (subject_id,))[subject_id]:
            raise Refused("blinding_ui.patient-hidden", id=subject_id)


def check_all_shown(seat: Desk) -> None:
    """Raise Refused where anything of anybody is kept from who sits here."""
    with seat.read() as reading:
        if hidden_subjects(reading, seat):
            raise Refused("blinding_ui.all-hidden")


def check_papers(seat: Desk, subject_id: str) -> None:
    """Raise Refused for a paper of the patient; "": of all of them."""
    if subject_id:
        check_shown(seat, subject_id)
    else:
        check_all_shown(seat)


def hidden_subjects(
    reading: Reading, desk: Desk, of: Collection[Hidden] = frozenset(Hidden)
) -> frozenset[str]:
    """The patients of whom something of these is kept from who sits here."""
    if not reading.find(BlindAssignment, person=desk.person.id):
        return frozenset()
    every = hidden_in(reading, desk, all_subjects(reading.connection))
    return frozenset(id_ for id_, hidden in every.items() if hidden & frozenset(of))


def keys_shown(reading: Reading, desk: Desk, keys: Iterable[str]) -> list[str]:
    """Keys of duties (``visit:baseline:SAP-0001-7``), but for those of the hidden."""
    hidden = hidden_subjects(reading, desk)
    if not hidden:
        return list(keys)
    return [key for key in keys if not hidden.intersection(key.split(":"))]
