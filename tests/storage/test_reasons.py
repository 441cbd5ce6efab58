"""No kind of record changes without a reason once it is completed or issued."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Person, Registry, Role
from registry_app.domain.report import IssuedReport, Kind
from registry_app.domain.visit import Visit
from registry_app.services.reports import make_report
from registry_app.storage.kinds import KINDS
from registry_app.storage.refusals import any_change
from registry_app.words import Language
from tests.builders import INJURY, a_subject, an_exam


def changed(desk, of, record_id, reason="", **told):
    with desk.begin(reason) as work:
        return work.save(replace(work.get(of, record_id), **told))


def test_only_what_is_never_complete_changes_freely():
    """A text of a report until it is issued, a draft of a dialog, a restored copy."""
    free = {kind.name for kind in KINDS if kind.refusal is any_change}

    assert free == {"report_text", "kept_draft", "restored"}


def test_a_visit_is_moved_with_a_reason_alone(desk):
    visit = an_exam(desk, a_subject(desk)).visit_id
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        changed(desk, Visit, visit, date=INJURY)

    assert changed(desk, Visit, visit, "of the chart", date=INJURY).version == 2


def test_the_role_of_a_person_changes_with_a_reason_and_their_keys_without(desk):
    who = desk.person.id
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        changed(desk, Person, who, role=Role.ENTRY)

    assert changed(desk, Person, who, public_key="x").public_key == "x"


def test_what_the_registry_says_of_itself_changes_with_a_reason(desk):
    with pytest.raises(Refused, match=r"trail\.reason-needed"):
        changed(desk, Registry, desk.registry.id, pack="other")


def test_an_issued_report_stays_but_for_its_newest_file(desk):
    number = make_report(desk, Kind.DISCLOSURE, (Language.EN,)).number
    with pytest.raises(Refused, match=r"trail\.never-changed"):
        changed(desk, IssuedReport, number, "a better one", digest="0" * 64)

    assert changed(desk, IssuedReport, number, size=1).size == 1
