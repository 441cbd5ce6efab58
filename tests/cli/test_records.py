"""Signatures under records, and locks, from the shell."""

from dataclasses import replace

import pytest

from registry_app.services import exams
from tests.builders import a_subject, an_exam, at_desk


@pytest.fixture
def form(registry):
    desk = at_desk(registry)
    form = an_exam(desk, a_subject(desk))
    desk.close()
    return form


def test_a_form_is_signed_and_its_signatures_are_told(command, registry, form):
    told = command(
        *("sign", registry, form.id, "--of", "form", "--meaning", "prepared", "--json")
    )

    assert told.status == 0
    (one,) = told.data["signatures"]
    assert (one["meaning"], one["person"], one["holds"]) == ("prepared", "kato", True)
    assert one["state"] == told.data["state"]


def test_a_signature_that_a_change_made_void_says_so(command, registry, form):
    sign = ("sign", registry, form.visit_id, "--of", "visit", "--lang", "en")
    assert command(*sign, "--meaning", "prepared").status == 0
    desk = at_desk(registry)
    exams.save_exam(desk, replace(form, comment="left hand in plaster"), "forgotten")
    desk.close()

    assert "void: it was changed since" in command(*sign).out
    (one,) = command(*sign, "--json").data["signatures"]
    assert not one["holds"]
    assert one["voided_by"]


def test_a_record_is_signed_in_the_order_of_the_meanings(command, registry, form):
    told = command("sign", registry, form.id, "--of", "form", "--meaning", "approved")

    assert told.status == 1
    assert "Prepared" in told.err


def test_a_certificate_is_for_a_report_alone(command, registry, form):
    out = ("-o", "x.pdf")
    assert command("sign", registry, form.id, "--of", "form", *out).status == 2


def test_a_patient_is_locked_and_unlocked_with_a_reason(command, registry, form):
    case = "SAP-0001-7"
    told = command("lock", registry, "patient", case, "--reason", "complete", "--json")

    assert told.status == 0
    assert told.data["locked"]
    again = command("lock", registry, "patient", case, "--reason", "again")
    assert again.status == 1
    told = command("unlock", registry, "patient", case, "--reason", "a letter came")
    assert told.status == 0
    assert case in told.out


def test_the_whole_registry_is_locked_without_an_identity(command, registry, form):
    told = command("lock", registry, "registry", "--reason", "closed", "--lang", "en")

    assert told.out.startswith("Locked: Whole registry")
