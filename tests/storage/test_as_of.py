"""A record as of an entry is what a person saw then."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry_app.domain.subject import Arm, Identity, Sex, Subject
from registry_app.domain.visit import Form, How, StarNote, StarReason, Visit
from registry_app.services import exams, subjects, trail
from registry_app.storage.kinds import KINDS, OF_TYPE
from registry_app.storage.tables import canonical, spliced
from tests.builders import INJURY, a_draft, a_registry, a_subject, an_exam

TYPES = [kind.type for kind in KINDS]


def _all(desk, as_of=None):
    with desk.read(as_of) as reading:
        return {of: reading.find(of) for of in TYPES}


def test_every_state_there_ever_was_reads_back(desk):
    seen = {}

    def look():
        seen[trail.head(desk).seq] = _all(desk)

    look()
    first = a_subject(desk)
    look()
    form = a_draft(desk, first)
    look()
    form = exams.save_exam(desk, replace(form, values={"R_LT_C2": "1*"}))
    look()
    note = StarNote(StarReason.OTHER, normal=False, text="腕神経叢の手術後")
    form = exams.save_exam(
        desk, replace(form, stars={"R_LT_C2": note}, how={"R_LT_C2": How.FILLED})
    )
    look()
    form = exams.complete_exam(desk, form)
    look()
    second = a_subject(desk, arm=Arm.COMPARISON)
    look()
    subjects.correct_subject(
        desk,
        replace(first, sex=Sex.FEMALE, treatment_date=None, birth_year=None),
        "chart",
        Identity(first.id, "架空", version=1),
    )
    look()
    exams.save_exam(desk, replace(form, values={}, stars={}, how={}), "wrong patient")
    look()
    with desk.begin("moved") as work:
        visit = work.find(Visit, subject_id=first.id)[0]
        work.save(replace(visit, subject_id=second.id))
    look()

    for seq, state in seen.items():
        assert _all(desk, seq) == state
    assert len(seen) == 10


def test_a_search_as_of_then_finds_what_matched_then(desk):
    first, second = a_subject(desk), a_subject(desk, arm=Arm.COMPARISON)
    form = an_exam(desk, first)
    cut = trail.head(desk).seq
    with desk.begin("moved") as work:
        visit = work.find(Visit, subject_id=first.id)[0]
        work.save(replace(visit, subject_id=second.id))
    subjects.correct_subject(desk, replace(first, sex=Sex.FEMALE), "chart")

    with desk.read(cut) as reading:
        assert reading.find(Visit, subject_id=first.id) == (visit,)
        assert reading.find(Visit, subject_id=second.id) == ()
        assert reading.find(Subject, sex=Sex.FEMALE) == ()
        assert reading.find(Form, visit_id=[visit.id]) == (form,)
    assert subjects.open_subject(desk, first.id, cut).exams[0].form == form
    assert subjects.open_subject(desk, first.id).exams == ()


SCORES = st.dictionaries(
    st.sampled_from(["R_LT_C2", "L_LT_C2", "R_M_C5", "VAC"]),
    st.sampled_from(["NT", "UNK"]),
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "values": SCORES,
        "how": st.dictionaries(
            st.sampled_from(["VAC", "R_M_C5"]), st.sampled_from(How)
        ),
        "stars": st.dictionaries(
            st.just("VAC"),
            st.builds(
                StarNote,
                st.none() | st.sampled_from(StarReason),
                st.none() | st.booleans(),
                TEXT,
            ),
        ),
        "own": st.dictionaries(st.sampled_from(["nli", "ais"]), TEXT),
        "prior_deficit": st.none() | st.booleans(),
        "comment": TEXT,
        "date": st.integers(0, 400).map(lambda n: INJURY + timedelta(days=n)),
    },
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=5))
def test_any_history_of_a_form_reads_back(tmp_path_factory, history):
    desk = a_registry(tmp_path_factory.mktemp("history") / "site.registry")
    form = a_draft(desk, a_subject(desk))
    seen = {trail.head(desk).seq: form}
    for changes in history:
        form = exams.save_exam(desk, replace(form, **changes))
        seen[trail.head(desk).seq] = form
    for seq, then in seen.items():
        with desk.read(seq) as reading:
            assert reading.get(Form, form.id) == then
    assert trail.verify(desk).problems == ()
    desk.close()


@given(CHANGES)
def test_the_canonical_form_in_parts_is_that_of_the_whole(changes):
    form = replace(Form("f", "v", "isncsci", INJURY), **changes)
    plain = OF_TYPE[Form].plain(form)
    assert spliced(
        {name: canonical(value) for name, value in plain.items()}
    ) == canonical(plain)


def test_the_canonical_form_stays_as_it_is():
    """Seals of ten years stand on these bytes: they are never changed."""
    value = {"b": {"y": "\u2028", "x": None}, "a": [1, True, '神\ufa19\t"\\é🦴']}
    assert canonical(value) == (
        '{"a":[1,true,"神\ufa19\\t\\"\\\\é🦴"],"b":{"x":null,"y":"\u2028"}}'
    )
