"""Who assessed what: read without the sheets."""

from registry_app.storage import trail
from registry_app.storage.assessed import assessed
from tests.builders import USER, a_draft, a_subject, an_exam


def test_it_says_of_each_form_who_and_when(desk):
    subject, other = a_subject(desk), a_subject(desk)
    form = an_exam(desk, subject)
    draft = a_draft(desk, other)

    with desk.read() as reading:
        every = {one.form_id: one for one in assessed(reading.connection)}
        (of_one,) = assessed(reading.connection, subject.id)

    assert set(every) == {form.id, draft.id}
    assert of_one == every[form.id]
    assert (of_one.subject_id, of_one.visit_code) == (subject.id, "baseline")
    assert (of_one.assessor, of_one.on) == (USER, form.date)
    assert (of_one.complete, every[draft.id].complete) == (True, False)
    assert (of_one.instrument, of_one.rates) == ("isncsci", "")


def test_who_began_a_record_stands_in_the_trail_however_many_are_asked_for(desk):
    form = an_exam(desk, a_subject(desk))
    ids = [*(f"none-{n}" for n in range(1200)), form.id]
    with desk.read() as reading:
        connection = reading.connection
        assert trail.begun_by(connection, "form", ids, USER) == (form.id,)
        assert trail.begun_by(connection, "form", ids, "nobody") == ()
        assert trail.begun_by(connection, "form", [], USER) == ()
