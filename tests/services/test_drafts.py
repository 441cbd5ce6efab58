"""What somebody was typing is theirs, and waits for them."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import NotFound
from registry_app.domain.kept_draft import Fate, KeptDraft
from registry_app.domain.person import Role
from registry_app.services.drafts import discard, keep, mine, open_sheets, take_up
from registry_app.services.exams import begin_exam, complete_exam, save_exam
from registry_app.services.registry import add_person, sign_in
from registry_app.services.session import seal_trail
from tests.builders import CHEAP, INJURY, PASSWORD, a_sheet, a_subject

WORDS = {"note": "made up"}


@pytest.fixture
def other(desk):
    """Somebody else signs in at the same file, and out again at the end."""
    add_person(desk, "suzuki", "Suzuki", Role.ADMINISTRATOR, PASSWORD, cost=CHEAP)

    def there(then):
        desk.close()
        theirs = sign_in(desk.path, "suzuki", PASSWORD)
        try:
            return then(theirs)
        finally:
            theirs.close()

    return there


def test_a_draft_is_kept_anew_in_one_record(desk):
    first = keep(desk, "ContactDialog", "", "", {"note": "ma"})
    second = keep(desk, "ContactDialog", "", "", WORDS, first.id)

    assert mine(desk) == (second,)
    assert second.id == first.id
    assert dict(second.values) == WORDS


def test_what_has_not_changed_is_not_written_again(desk):
    first = keep(desk, "ContactDialog", "", "", WORDS)

    assert keep(desk, "ContactDialog", "", "", WORDS, first.id) == first


def test_taken_up_or_discarded_it_waits_no_more_and_says_nothing(desk):
    taken = keep(desk, "ContactDialog", "", "", WORDS)
    gone = keep(desk, "ReasonDialog", "", "", WORDS)

    assert take_up(desk, taken.id) == taken
    discard(desk, gone.id)

    assert mine(desk) == ()
    with desk.read() as reading:
        kept = {draft.id: draft for draft in reading.find(KeptDraft)}
    assert kept[taken.id].fate is Fate.TAKEN
    assert kept[gone.id].fate is Fate.DISCARDED
    assert not kept[taken.id].values
    assert not kept[gone.id].values


def test_a_patient_who_is_not_there_yet_is_none(desk):
    assert keep(desk, "EnrolPage", "", "X9-999", WORDS).subject_id == ""


def test_nobody_else_is_offered_it_nor_can_have_it(desk, other):
    draft = keep(desk, "ContactDialog", "", "", WORDS)

    def look(theirs):
        assert mine(theirs) == ()
        for service in (take_up, discard):
            with pytest.raises(NotFound):
                service(theirs, draft.id)
        with pytest.raises(NotFound):
            keep(theirs, "ContactDialog", "", "", WORDS, draft.id)

    other(look)


def test_the_drafts_of_sheets_are_of_their_last_hand(desk, other):
    subject = a_subject(desk)
    form = begin_exam(desk, subject.id, "unscheduled", INJURY, "kato")
    done = begin_exam(desk, subject.id, "unscheduled", INJURY, "kato")
    complete_exam(desk, replace(done, values=a_sheet()))

    (sheet,) = open_sheets(desk)
    assert (sheet.form_id, sheet.subject_id) == (form.id, subject.id)
    assert sheet.cut_off
    seal_trail(desk)
    assert not open_sheets(desk)[0].cut_off

    def write(theirs):
        assert open_sheets(theirs) == ()
        save_exam(theirs, replace(form, values=a_sheet()))
        assert [one.form_id for one in open_sheets(theirs)] == [form.id]

    other(write)
