from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.isncsci.exam import ALLOWED
from registry_app.domain.isncsci.segments import (
    DAP,
    ITEMS,
    NON_KEY_ITEMS,
    SCORE_ITEMS,
    VAC,
)
from registry_app.domain.visit import Form, How, StarNote, StarReason, Status
from registry_app.domain.worksheet.entry import (
    Order,
    below,
    column_of,
    neighbour,
    non_key_for,
    parse,
    walk,
)
from registry_app.domain.worksheet.sheet import UNDO_STEPS, Sheet, differing

PLEXOPATHY = StarNote(StarReason.PLEXOPATHY, normal=True)


def a_sheet(**values):
    return Sheet(Form("F1", "V1", "isncsci", date(2026, 1, 5), values=values))


@pytest.mark.parametrize(
    ("item", "typed", "value"),
    [
        ("R_M_C5", "3", "3"),
        ("R_M_C5", "３", "3"),
        ("R_LT_C2", " ２ ", "2"),
        ("R_LT_C2", "n", "NT"),
        ("R_LT_C2", "．", "NT"),
        ("R_LT_C2", "ｎｔ*", "NT*"),
        ("R_M_C5", "4＊", "4*"),
        ("R_M_C5", "u", "UNK"),
        (VAC, "1", "Yes"),
        (VAC, "y", "Yes"),
        (DAP, "0", "No"),
        (DAP, "no", "No"),
        (DAP, "n", "NT"),
        ("R_NK", "l3", "L3"),
    ],
)
def test_what_an_examiner_types_is_understood(item, typed, value):
    assert parse(item, typed) == value


@pytest.mark.parametrize(
    ("item", "typed"),
    [
        ("R_LT_C2", "3"),
        ("R_LT_C2", "2*"),
        ("R_M_C5", "5*"),
        ("R_M_C5", "6"),
        ("R_M_C5", ""),
        ("R_M_C5", "UNK*"),
        (VAC, "2"),
        (VAC, "Yes*"),
        ("R_NK", "T2"),
    ],
)
def test_what_cannot_stand_there_is_refused_with_a_sentence(item, typed):
    with pytest.raises(InvalidValue) as refusal:
        a_sheet().write(item, typed)
    assert refusal.value.message.key.startswith("worksheet.")


def test_a_refusal_names_what_can_stand_there():
    with pytest.raises(InvalidValue) as refusal:
        parse("R_LT_C2", "7")
    assert refusal.value.message.params == {"text": "7", "allowed": "0, 1, 2, NT"}


@given(
    st.sampled_from(ITEMS).flatmap(
        lambda i: st.tuples(st.just(i), st.sampled_from(ALLOWED[i]))
    )
)
def test_every_value_reads_back_as_it_is_written(case):
    item, value = case
    assert parse(item, value) == value
    assert a_sheet().write(item, value).value(item) == value


@pytest.mark.parametrize("order", Order)
def test_each_order_of_work_visits_every_item_once(order):
    assert sorted(walk(order)) == sorted(ITEMS)
    assert walk(order)[-4:] == (VAC, DAP, *NON_KEY_ITEMS)


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.COLUMNS, ["R_M_C5", "R_M_C6"]),
        (Order.SIDE_BY_SIDE, ["R_M_C5", "R_M_C6"]),
        (Order.ROWS, ["R_LT_C2", "R_PP_C2", "L_LT_C2", "L_PP_C2", "R_LT_C3"]),
    ],
)
def test_an_order_begins_where_its_name_says(order, first):
    assert list(walk(order)[: len(first)]) == first


def test_light_touch_and_pin_prick_can_be_taken_side_by_side():
    way = walk(Order.SIDE_BY_SIDE)
    assert way[10:14] == ("R_LT_C2", "R_PP_C2", "R_LT_C3", "R_PP_C3")


def test_the_way_ends_at_both_ends_of_the_sheet():
    assert neighbour("L_NK", Order.COLUMNS, 1) == "L_NK"
    assert neighbour("R_M_C5", Order.COLUMNS, -1) == "R_M_C5"
    assert neighbour("R_M_S1", Order.COLUMNS, 1) == "R_LT_C2"


def test_a_star_is_undecided_until_it_is_answered():
    sheet = a_sheet(R_M_C5="3").toggle_star("R_M_C5")
    assert sheet.value("R_M_C5") == "3*"
    assert sheet.form.unanswered == ("R_M_C5",)


def test_considering_a_score_normal_writes_the_second_star():
    sheet = a_sheet(R_M_C5="3").toggle_star("R_M_C5")
    assert sheet.answer_star("R_M_C5", PLEXOPATHY).value("R_M_C5") == "3**"
    not_normal = StarNote(StarReason.PLEXOPATHY, normal=False)
    assert sheet.answer_star("R_M_C5", not_normal).value("R_M_C5") == "3*"
    assert not sheet.answer_star("R_M_C5", PLEXOPATHY).form.unanswered


def test_a_star_taken_away_takes_its_note_along():
    sheet = a_sheet(R_M_C5="3").toggle_star("R_M_C5").answer_star("R_M_C5", PLEXOPATHY)
    assert sheet.toggle_star("R_M_C5").form.stars == {}
    assert sheet.toggle_star("R_M_C5").value("R_M_C5") == "3"


@pytest.mark.parametrize("value", ["", "2"])
def test_an_open_or_normal_score_takes_no_star(value):
    sheet = a_sheet(R_LT_C2=value) if value else a_sheet()
    with pytest.raises(Refused):
        sheet.toggle_star("R_LT_C2")


def test_an_answer_goes_to_the_equal_starred_cells_directly_below():
    sheet = a_sheet(R_M_C5="3*", R_M_C6="3*", R_M_C7="2*", R_M_C8="3*")
    sheet = sheet.answer_star("R_M_C5", PLEXOPATHY)
    assert sheet.form.values == {
        "R_M_C5": "3**",
        "R_M_C6": "3**",
        "R_M_C7": "2*",
        "R_M_C8": "3*",
    }


def test_an_answer_never_replaces_another_answer_below():
    sheet = a_sheet(R_M_C5="3*", R_M_C6="3*")
    other = StarNote(StarReason.NEUROPATHY, normal=False)
    sheet = sheet.answer_star("R_M_C6", other).answer_star("R_M_C5", PLEXOPATHY)
    assert sheet.form.stars["R_M_C6"] == other


def test_writing_over_a_starred_cell_forgets_the_star():
    sheet = a_sheet(R_M_C5="3*").answer_star("R_M_C5", PLEXOPATHY).write("R_M_C5", "4")
    assert (sheet.value("R_M_C5"), sheet.form.stars) == ("4", {})


def test_a_fill_stops_at_the_next_written_cell_and_is_marked():
    sheet = a_sheet(R_LT_T10="0", R_LT_L1="1").fill_down("R_LT_T10")
    assert sheet.filled() == ("R_LT_T11", "R_LT_T12")
    assert sheet.value("R_LT_L1") == "1"


def test_a_fill_at_an_open_cell_takes_the_value_above_it():
    sheet = a_sheet(R_LT_S2="0").fill_down("R_LT_S3")
    assert sheet.filled() == ("R_LT_S3", "R_LT_S4_5")


@pytest.mark.parametrize("item", ["R_LT_C2", "R_LT_C4", "VAC", "R_NK", "R_LT_S4_5"])
def test_there_is_nothing_to_fill_without_a_value_or_room(item):
    with pytest.raises(Refused):
        a_sheet(R_LT_S4_5="0").fill_down(item)


def test_a_filled_cell_counts_as_examined_once_confirmed_or_written_again():
    sheet = a_sheet(R_LT_S2="0").fill_down("R_LT_S2")
    assert sheet.confirm(["R_LT_S3"]).filled() == ("R_LT_S4_5",)
    assert sheet.write("R_LT_S3", "0").filled() == ("R_LT_S4_5",)
    assert sheet.confirm(column_of("R_LT_S3")).filled() == ()
    with pytest.raises(Refused):
        sheet.confirm(["R_LT_S2"])


def test_the_next_problem_goes_round_once():
    full = dict.fromkeys(SCORE_ITEMS, "0") | {VAC: "No", DAP: "No"}
    sheet = a_sheet(**full)
    assert sheet.next_problem("R_M_C5", Order.COLUMNS) is None
    sheet = sheet.toggle_star("R_M_C6")
    assert sheet.next_problem("L_M_C5", Order.COLUMNS) == "R_M_C6"
    assert sheet.next_problem("R_M_C6", Order.COLUMNS) == "R_M_C6"
    assert sheet.clear(VAC).next_problem("R_M_C6", Order.COLUMNS) == VAC


def test_what_is_said_about_the_exam_survives_an_undo():
    sheet = a_sheet().write("R_M_C5", "3")
    sheet = sheet.about(lambda form: replace(form, comment="cast")).undo()
    assert (sheet.value("R_M_C5"), sheet.form.comment) == ("", "cast")


def test_an_undo_after_saving_keeps_the_version_in_the_file():
    sheet = a_sheet().write("R_M_C5", "3")
    stored = replace(sheet.form, version=1, status=Status.DRAFT)
    assert sheet.kept(stored).undo().form.version == 1


def test_a_digit_names_a_non_key_segment_and_again_the_other_one():
    assert non_key_for("5", "") == "C5"
    assert non_key_for("5", "C5") == "L5"
    assert non_key_for("5", "L5") == "C5"
    assert non_key_for("6", "C6") == "C6"
    assert non_key_for("9", "") is None


def test_two_states_differ_where_value_provenance_or_note_differs():
    sheet = a_sheet(R_LT_S3="0").fill_down("R_LT_S3")
    confirmed = sheet.confirm(["R_LT_S4_5"])
    assert differing(sheet.form, confirmed.form) == ("R_LT_S4_5",)
    assert differing(sheet.form, sheet.form) == ()


items = st.sampled_from(ITEMS)
operations = st.one_of(
    st.tuples(st.just("write"), items, st.sampled_from(["0", "1", "2", "3", "n", "u"])),
    st.tuples(st.sampled_from(["toggle_star", "clear", "fill_down"]), items),
    st.tuples(st.just("confirm"), items.map(column_of)),
    st.tuples(
        st.just("answer_star"),
        items,
        st.builds(
            StarNote, st.none() | st.sampled_from(StarReason), st.none() | st.booleans()
        ),
    ),
)


def played(moves):
    """The sheet after each move that was not refused, the empty one first."""
    states = [a_sheet()]
    for name, *given_ in moves:
        try:
            after = getattr(states[-1], name)(*given_)
        except (InvalidValue, Refused):
            continue
        if after is not states[-1]:
            states.append(after)
    return states


@given(st.lists(operations, max_size=25))
def test_no_operation_leaves_an_impossible_sheet(moves):
    form = played(moves)[-1].form
    assert form.exam
    assert set(form.how) | set(form.stars) <= set(form.values)
    assert all("*" in form.values[item] for item in form.stars)
    for item, note in form.stars.items():
        assert form.values[item].endswith("**") == bool(note.normal)


@given(st.lists(operations, max_size=25))
def test_undo_goes_back_one_operation_at_a_time_and_redo_forward_again(moves):
    states = played(moves)
    sheet = states[-1]
    for before in reversed(states[:-1]):
        sheet = sheet.undo()
        assert sheet.form == before.form
    assert sheet.undo() == sheet
    for after in states[1:]:
        sheet = sheet.redo()
        assert sheet.form == after.form
    assert sheet.redo() == sheet


@given(st.lists(operations, max_size=25), items)
def test_a_fill_writes_open_cells_only(moves, item):
    sheet = played(moves)[-1]
    try:
        filled = sheet.fill_down(item)
    except Refused:
        return
    changed = differing(sheet.form, filled.form)
    assert changed
    assert all(not sheet.value(cell) for cell in changed)
    assert set(changed) <= {item, *below(item)}
    assert all(filled.form.how[cell] is How.FILLED for cell in changed)


def test_the_memory_of_steps_is_bounded():
    sheet = a_sheet()
    for n in range(UNDO_STEPS + 50):
        sheet = sheet.write("R_M_C5", "34"[n % 2])
    assert len(sheet.past) == UNDO_STEPS
