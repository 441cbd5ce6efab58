from dataclasses import replace

import pytest

from registry_app.domain.isncsci.classify import classify
from registry_app.domain.isncsci.exam import Exam
from registry_app.domain.isncsci.result import Interval, Possible
from registry_app.domain.isncsci.segments import DAP, VAC
from registry_app.ui.isncsci.summary import Summary
from registry_app.ui.isncsci.terms import possible_text
from registry_app.ui.isncsci.totals import change_text
from registry_app.words import Language, Words
from tests.builders import a_sheet


@pytest.fixture
def summary(qtbot, editor, words, look):
    before = classify(Exam(a_sheet(R_LT_C2="0")))
    summary = Summary(editor, words, look, before)
    qtbot.addWidget(summary)
    summary.resize(428, 570)
    with qtbot.waitExposed(summary):
        summary.show()
    return summary


def write(editor, **values):
    for item, value in values.items():
        editor.put(item, value)


def test_an_empty_sheet_leaves_everything_possible(summary):
    assert summary.figures.ais.value.text() == "A–E"
    assert summary.figures.nli.value.text() == "C1–INT"
    assert summary.figures.ais.note.text() == "still open"
    assert summary.doubts.found[0].what.params == {"count": 134}


def test_a_whole_sheet_is_certain(summary, editor):
    write(editor, **a_sheet(R_LT_T4="1"))

    assert summary.figures.ais.value.text() == "D"
    assert summary.figures.nli.value.text() == "T3"
    assert summary.figures.completeness.value.text() == "Incomplete"
    assert summary.figures.ais.note.text() == "certain"
    assert summary.levels.text("sensory_right") == "T3"
    assert summary.levels.text("zpp_motor_left") == "NA"
    assert summary.doubts.found == []


def test_the_totals_are_told_with_their_change(summary, editor):
    write(editor, **a_sheet(R_M_C5="NT"))

    assert summary.totals.accessibleDescription() == (
        "UEMS 45–50 (−5 to 0), LEMS 50 (0), LT 112 (+2), PP 112 (0)"
    )


def test_each_reason_names_its_rule(summary, editor, qtbot):
    write(editor, **a_sheet(R_LT_T4="1"))
    qtbot.waitUntil(lambda: len(summary.why.shown) >= 11)

    assert [r.field for r in summary.why.shown[:3]] == ["ais", "nli", "completeness"]
    assert all(r.rule.startswith("1.") for r in summary.why.shown)


def test_the_examiners_own_result_is_compared(summary, editor, qtbot):
    write(editor, **a_sheet(R_LT_T4="1", R_M_L2="NT"))
    own = summary.own
    for field, text in (("nli", "t3"), ("ais", "c")):
        own.lines[field].setFocus()
        own.lines[field].clear()
        qtbot.keyClicks(own.lines[field], text)
        own.lines[field].clearFocus()

    assert editor.form.own == {"nli": "T3", "ais": "C"}
    assert own.chip.text() == "NLI agrees, AIS differs"
    assert own.chip.status == "due"


def test_what_is_no_level_is_refused_and_stays_as_typed(
    summary, editor, qtbot, refusals
):
    line = summary.own.lines["nli"]
    line.setFocus()
    qtbot.keyClicks(line, "X9")
    line.clearFocus()

    assert [r.key for r in refusals] == ["worksheet.no-own-nli"]
    assert line.text() == "X9"
    assert editor.form.own == {}


def test_fills_are_confirmed_column_by_column(summary, editor):
    for item in ("R_LT_S2", "L_LT_S2"):
        editor.put(item, "0")
        editor.fill_down()
    row = summary.doubts.found[0]
    assert row.what.params == {"count": 4}
    summary.doubts._act(row)
    assert editor.current == "R_LT_S3"
    summary.doubts._act(row)
    assert editor.sheet.filled() == ("L_LT_S3", "L_LT_S4_5")


def test_grade_e_asks_whether_there_was_a_deficit(summary, editor, qtbot):
    write(editor, **a_sheet())
    assert summary.doubts.prior.isVisible()
    assert summary.figures.ais.value.text() == "E"
    summary.doubts.prior.chosen.emit("no")

    assert editor.form.prior_deficit is False
    assert summary.figures.ais.value.text() == "None"
    write(editor, R_LT_T4="1")
    assert not summary.doubts.prior.isVisible()


def test_an_unanswered_star_comes_first(summary, editor):
    write(editor, **a_sheet(R_M_C6="3*"))

    assert summary.doubts.found[0].items == ("R_M_C6",)


def test_what_is_told_survives_the_undo_of_a_score(summary, editor):
    write(editor, VAC="Yes", DAP="No")
    editor.about(lambda form: replace(form, comment="cast"))
    editor.undo()

    assert editor.form.comment == "cast"
    assert (VAC in editor.form.values, DAP in editor.form.values) == (True, False)


@pytest.mark.parametrize(
    ("field", "values", "english", "japanese"),
    [
        ("ais", "B C", "B or C", "BまたはC"),
        ("ais", "A B C D E", "A–E", "A–E"),
        ("ais", "B D", "B or D", "BまたはD"),
        ("nli", "C5 C6 C7 T6", "C5–C7 or T6", "C5–C7またはT6"),
        ("nli", "S2 S3 INT", "S2–INT", "S2–INT"),
        ("zpp_motor_left", "NA C1 C2", "NA, C1 or C2", "NA、C1またはC2"),
        ("zpp_sensory_left", "S3 S4_5", "S3 or S4-5", "S3またはS4-5"),
        ("completeness", "C I", "complete or incomplete", "完全または不全"),
    ],
)
def test_several_possible_values_are_told_in_few_words(
    field, values, english, japanese
):
    possible = Possible(tuple(values.split()))

    assert possible_text(Words(Language.EN), field, possible) == english
    assert possible_text(Words(Language.JA), field, possible) == japanese


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        ((25, 25), (22, 22), "+3"),
        ((20, 20), (22, 22), "−2"),
        ((22, 22), (22, 22), "0"),
        ((20, 25), (22, 22), "−2 to +3"),
        ((20, 25), (20, 22), "−2 to +5"),
    ],
)
def test_a_change_between_intervals_is_an_interval(words, now, before, text):
    assert change_text(words, Interval(*now), Interval(*before)) == text


def test_levels_that_are_too_many_for_the_room_say_what_they_lie_in(summary, editor):
    write(editor, **{f"R_M_{s}": "5" for s in ("C5", "C6", "C7", "C8", "T1")})
    write(editor, R_LT_T6="0")

    assert summary.levels.text("motor_right") == "in C1–T5"
    assert "or" in summary.levels._cells["motor_right"].toolTip()
