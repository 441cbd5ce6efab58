"""Every service as every role: who may not do it is refused before all else."""

import importlib
import inspect
from dataclasses import replace

import pytest

from registry_app.domain.errors import Refused
from registry_app.domain.person import Role
from registry_app.domain.report import Kind
from registry_app.domain.rights import MAY, Deed, may
from registry_app.services import exams, reports
from registry_app.words import Language, Words
from tests.builders import INJURY, a_sheet, a_subject
from tests.services.test_every_write import services_of_a_desk

REFUSAL = "rights.not-allowed"
SERVICES = sorted(services_of_a_desk())


def service(module, name):
    return getattr(importlib.import_module(module), name)


def as_role(desk, role):
    """The same desk with somebody of another role at it."""
    return replace(desk, person=replace(desk.person, role=role))


def nothing_told(function):
    """The least that a call must have; it need not get far."""
    told = list(inspect.signature(function).parameters.values())[1:]
    needed = [each for each in told if each.default is inspect.Parameter.empty]
    named = {e.name: None for e in needed if e.kind is inspect.Parameter.KEYWORD_ONLY}
    return [None] * (len(needed) - len(named)), named


def refused(desk, function):
    """Whether it is refused for the role; whatever else becomes of it is not asked."""
    args, named = nothing_told(function)
    try:
        function(desk, *args, **named)
    except Refused as refusal:
        return refusal.message.key == REFUSAL
    except Exception:  # whatever else: the call tells it nothing that it could use
        return False
    return False


@pytest.mark.parametrize("role", Role)
def test_each_service_is_open_to_the_roles_of_its_deed_alone(desk, role):
    own = as_role(desk, role)
    wrong = []
    for one in SERVICES:
        function = service(*one)
        if refused(own, function) == may(role, function.deed):
            wrong.append(one)

    assert wrong == []


def test_no_service_is_without_its_deed():
    assert [one for one in SERVICES if not hasattr(service(*one), "deed")] == []


def test_every_deed_is_somebodys_and_some_services():
    used = {service(*one).deed for one in SERVICES}

    assert set(MAY) == set(Deed) == used
    assert all(MAY[deed] for deed in Deed)


def test_an_administrator_may_do_everything_and_a_reader_writes_nothing():
    reader = {deed for deed in Deed if may(Role.READ_ONLY, deed)}

    assert all(may(Role.ADMINISTRATOR, deed) for deed in Deed)
    assert reader == {Deed.OWN, Deed.LOOK}


@pytest.mark.parametrize(
    "role", [role for role in Role if may(role, Deed.ASSESS)], ids=str
)
def test_who_may_assess_gets_through_a_whole_exam(desk, role):
    subject = a_subject(desk)
    own = as_role(desk, role)

    told = (subject.id, "baseline", INJURY, own.person.display_name)
    form = exams.begin_exam(own, *told, reason="train strike")
    form = exams.save_exam(own, replace(form, values=a_sheet()))
    form = exams.complete_exam(own, form)

    assert form.version == 3


def test_a_reader_may_see_a_draft_and_file_nothing(desk):
    own = as_role(desk, Role.READ_ONLY)
    made = (Kind.DISCLOSURE, (Language.EN,))

    assert reports.make_report(own, *made, draft=True).pdf
    with pytest.raises(Refused) as refusal:
        reports.make_report(own, *made)
    assert refusal.value.message.key == REFUSAL
    assert reports.issued(desk) == ()


def test_the_refusal_names_the_deed_and_the_role_in_both_languages(desk):
    with pytest.raises(Refused) as refusal:
        reports.make_report(as_role(desk, Role.ENTRY), Kind.DISCLOSURE, (Language.EN,))

    english = Words(Language.EN).say(refusal.value.message)
    assert "Data entry" in english
    assert "issuing reports" in english
    assert "入力者" in Words(Language.JA).say(refusal.value.message)


def test_whoever_is_blinded_is_not_told_when_a_window_is(desk):
    subject = a_subject(desk)
    own = as_role(desk, Role.BLINDED_ASSESSOR)
    told = (subject.id, "baseline", INJURY, own.person.display_name)

    with pytest.raises(Refused) as refusal:
        exams.begin_exam(own, *told)

    assert refusal.value.message.key == "course.out-of-window-blinded"
    assert set(refusal.value.message.params) == {"day"}
    assert exams.begin_exam(own, *told, reason="train strike").version == 1
