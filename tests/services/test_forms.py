from datetime import date, timedelta

import pytest

from registry_app.domain.course import DeviationKind
from registry_app.domain.errors import InvalidValue, NotFound, Refused
from registry_app.domain.visit import Status
from registry_app.services import forms
from registry_app.services.deviations import deviations
from registry_app.services.plans import UNSCHEDULED
from registry_app.words import Language, Words
from tests.builders import INJURY, USER, a_subject, an_exam

DAY_49 = INJURY + timedelta(days=49)
SCIM = {"self-care": "12", "total": "60", "mode": "observed", "mobility": " "}


def recorded(desk, subject, on=DAY_49, code="baseline", values=SCIM, **told):
    instrument = told.pop("instrument", "scim")
    return forms.record_form(
        desk, subject.id, code, instrument, on, values, USER, **told
    )


def test_a_form_is_complete_with_what_was_written(desk):
    subject = a_subject(desk)
    form = recorded(desk, subject)
    (entry,) = forms.forms(desk, subject.id)

    assert (form.instrument, form.status) == ("scim", Status.COMPLETE)
    assert form.values == {"self-care": "12", "total": "60", "mode": "observed"}
    assert entry.form == form
    assert entry.plan.id == "scim"
    assert entry.visit.code == "baseline"


def test_two_forms_of_one_visit_share_it_and_a_sheet_is_none_of_them(desk):
    subject = a_subject(desk)
    an_exam(desk, subject, DAY_49)
    one = recorded(desk, subject)
    two = recorded(desk, subject, instrument="wisci", values={"level": "8"})
    assert one.visit_id == two.visit_id
    assert {e.form.instrument for e in forms.forms(desk, subject.id)} == {
        *("scim", "wisci")
    }


def test_what_cannot_stand_is_said_all_at_once_by_item(desk):
    subject = a_subject(desk)
    wrong = {"self-care": "21", "mode": "guessed", "colour": "red"}
    with pytest.raises(InvalidValue, match=r"forms\.wrong") as refused:
        recorded(desk, subject, values=wrong)
    assert set(refused.value.message.params["items"]) == set(wrong)
    for language in Language:
        assert "21" in Words(language).say(refused.value.message)
    assert forms.forms(desk, subject.id) == ()


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"values": {"total": " "}}, r"forms\.no-values"),
        ({"instrument": "isncsci"}, r"forms\.own-sheet"),
        ({"instrument": "diary"}, r"forms\.no-such-form"),
        ({"on": date(2026, 4, 2)}, "day-in-future"),
        ({"on": INJURY - timedelta(days=1)}, r"forms\.before-injury"),
    ],
)
def test_a_form_that_cannot_be_is_refused(desk, told, key):
    with pytest.raises(InvalidValue, match=key):
        recorded(desk, a_subject(desk), **told)


def test_out_of_its_window_a_form_needs_a_reason_and_is_kept(desk):
    subject = a_subject(desk)
    late = INJURY + timedelta(days=57)
    with pytest.raises(Refused, match="out-of-window"):
        recorded(desk, subject, late)
    form = recorded(desk, subject, late, reason="train strike")
    (deviation,) = deviations(desk, subject.id)
    assert (deviation.kind, deviation.form_id) == (DeviationKind.WINDOW, form.id)
    recorded(desk, subject, late, UNSCHEDULED)
    assert len(deviations(desk, subject.id)) == 1


def test_a_form_is_corrected_with_a_reason(desk):
    form = recorded(desk, a_subject(desk))
    with pytest.raises(Refused):
        forms.correct_form(desk, form, {"total": "61"}, "")
    corrected = forms.correct_form(desk, form, {"total": "61"}, "misread")
    assert corrected.values == {"total": "61"}
    with pytest.raises(InvalidValue):
        forms.correct_form(desk, corrected, {"total": "101"}, "misread")


def test_nobody_has_no_forms(desk):
    with pytest.raises(NotFound):
        forms.forms(desk, "SAP-9")
