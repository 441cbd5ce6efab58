"""A patient as of an entry: what stood then, and nothing that came later."""

from dataclasses import replace

from registry_app.services import exams
from registry_app.services.patient_then import own_entries, patient_then
from tests.builders import a_subject, an_exam


def told(desk, subject, seq):
    stood = patient_then(desk, subject.id, seq)
    return {(one.kind, one.value.item): one.value.new for one in stood}


def test_each_entry_of_a_patient_is_a_state_that_there_was(desk):
    subject = a_subject(desk)
    other = a_subject(desk)
    form = an_exam(desk, subject)
    values = {**form.values, "R_LT_C2": "1"}
    exams.save_exam(desk, replace(form, values=values), "misread")
    entries = own_entries(desk, subject.id)
    assert all(entry.id != other.id for entry in entries)
    now, before = told(desk, subject, entries[-1].seq), entries[-2].seq
    assert now["form", "values.R_LT_C2"] == "1"
    assert told(desk, subject, before)["form", "values.R_LT_C2"] == "2"
    first = told(desk, subject, entries[0].seq)
    assert first["subject", "sex"] == "male"
    assert ("form", "date") not in first
    assert told(desk, subject, entries[0].seq - 1) == {}
