from datetime import date

import pytest
from PySide6.QtCore import QTimer

from registry_app.services.obligations import occurrences
from registry_app.services.protocol import protocol
from registry_app.services.regime import (
    accept_regime,
    entries,
    regime,
    regime_plan,
)
from registry_app.services.trail import trail_entries
from registry_app.ui.dialogs.occurrence import OccurrenceDialog
from registry_app.ui.dialogs.regime import RegimeDialog
from registry_app.ui.main_window import MainWindow


@pytest.fixture
def window(qtbot, desk, words, look, changes):
    window = MainWindow(desk, words, look, changes)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def open_dialog(qtbot, window, monkeypatch):
    """The dialog of the window, opened without stopping the test."""

    def open_dialog():
        made = []
        with monkeypatch.context() as patch:
            patch.setattr(RegimeDialog, "exec", lambda self: made.append(self) or 0)
            window.plan.change_regime()
        (dialog,) = made
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return open_dialog


@pytest.fixture
def dialog(open_dialog):
    return open_dialog()


def states(dialog):
    return [dialog._box.itemData(n) for n in range(dialog._box.count())]


def write(dialog, day, state, evidence="letter 7"):
    dialog.on.line.setText(day)
    dialog._offer()
    dialog._box.choose(state)
    dialog.evidence.input.setText(evidence)


def test_the_states_offered_are_those_that_can_follow_on_the_day(dialog, desk):
    machine = protocol(desk).pack.machine
    first = next(state for state in machine.states if state.id == machine.initial)

    dialog.on.line.setText("2025-11-14")
    dialog._offer()

    assert set(states(dialog)) == set(first.next)


def test_nothing_is_saved_before_the_plan_of_duties_was_seen(qtbot, dialog, desk):
    write(dialog, "2025-11-14", "applied")

    dialog.accept()
    qtbot.waitUntil(lambda: dialog.table is not None)

    assert entries(desk) == ()
    assert dialog.isVisible()
    assert dialog.said.text()
    assert dialog.go.text() == dialog.words("ledger_page.regime-go")


def test_accepting_the_plan_makes_the_entry(qtbot, dialog, desk):
    write(dialog, "2025-11-14", "applied")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.table is not None)

    dialog.accept()

    assert not dialog.isVisible()
    (entry,) = entries(desk)
    assert (entry.state, entry.on) == ("applied", date(2025, 11, 14))
    assert regime(desk).past_term


def test_what_is_changed_after_the_plan_was_shown_makes_it_void(qtbot, dialog, desk):
    write(dialog, "2025-11-14", "applied")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.table is not None)

    dialog.evidence.input.setText("letter 8")
    dialog.evidence.input.textEdited.emit("letter 8")

    assert dialog.table is None
    assert dialog.go.text() == dialog.words("ledger_page.regime-show")
    assert entries(desk) == ()


def test_an_extension_needs_its_years(qtbot, dialog, desk):
    extends = protocol(desk).pack.machine.extends
    write(dialog, "2025-11-14", extends)
    assert dialog.years.isVisible()

    dialog.years.input.setText("9")
    dialog.accept()
    assert dialog.years.problem

    dialog.years.input.setText("3")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.table is not None)
    dialog.accept()

    assert regime(desk).extended_years == 3


def test_a_day_from_which_nothing_follows_is_said_beside_the_state(dialog):
    if states(dialog):
        dialog._box.clear()

    dialog.evidence.input.setText("letter")
    dialog.accept()

    assert dialog.to.problem
    assert dialog.isVisible()


# ── the states so far ────────────────────────────────────────────────────────────


def applied(desk):
    change = regime_plan(desk, "applied", date(2025, 11, 14), "letter 7")
    return accept_regime(desk, change)


def past(dialog):
    model = dialog.past.table.model()
    return [
        (model.index(n, 0).data(), model.columns[1].under(model.row(n)))
        for n in range(model.rowCount())
    ]


def test_the_states_so_far_stand_with_day_and_evidence_the_newest_first(
    open_dialog, desk
):
    applied(desk)
    dialog = open_dialog()

    assert past(dialog) == [("2025-11-14", "letter 7"), ("2018-12-28", "as approved")]


def test_a_lapse_is_among_them_and_cannot_be_corrected(dialog, desk):
    lapsed = past(dialog)[0]

    assert lapsed == ("2025-12-29", "by the end of the term; no entry")
    assert not dialog.past.button.isEnabled()
    dialog.past.table.selectRow(1)
    assert not dialog.past.button.isEnabled()


def test_an_entry_is_corrected_with_its_plan_first_and_a_reason(
    qtbot, open_dialog, desk
):
    entry = applied(desk)
    dialog = open_dialog()
    dialog.past.button.click()
    assert dialog.on.take() == date(2025, 11, 14)
    assert dialog.evidence.input.text() == "letter 7"
    assert dialog.to.input.value == "applied"
    assert dialog.why.isVisible()

    dialog.on.line.setText("2025-11-13")
    dialog.accept()
    assert dialog.why.problem
    dialog.why.input.setText("Read the stamp again")
    dialog.accept()
    qtbot.waitUntil(lambda: dialog.table is not None)
    assert entries(desk) == (entry,)
    dialog.accept()

    assert not dialog.isVisible()
    (kept,) = entries(desk)
    assert (kept.id, kept.on, kept.version) == (entry.id, date(2025, 11, 13), 2)
    assert trail_entries(desk, "regime")[0].reason == "Read the stamp again"


def test_who_stops_correcting_makes_a_new_entry(open_dialog, desk):
    applied(desk)
    dialog = open_dialog()
    dialog.past.button.click()
    dialog.past.button.click()

    assert dialog.corrects is None
    assert not dialog.why.isVisible()
    assert dialog.evidence.input.text() == ""
    assert "applied" not in states(dialog)


# ── what became known ────────────────────────────────────────────────────────────


def answer(fill):
    def found():
        from PySide6.QtWidgets import QApplication

        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, OccurrenceDialog)
        fill(dialog)
        dialog.accept()
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, found)


def test_what_became_known_starts_clocks_that_the_dialog_names(window, desk):
    said = []

    def fill(dialog):
        said.append(dialog.starts.text())
        dialog.name.input.setText("fever")
        dialog.holder.line.setText("2026-03-20")

    answer(fill)
    window.start_clock()

    (known,) = occurrences(desk)
    assert (known.name, known.holder_aware) == ("fever", date(2026, 3, 20))
    assert known.hospital_aware is None
    assert said[0]
    assert window.strip.said == window.words("ledger_page.clock-started")


def test_somebody_must_have_known(window, desk):
    problems = []

    def fill(dialog):
        dialog.name.input.setText("fever")
        dialog.accept()
        problems.append(dialog.holder.problem)

    answer(fill)
    window.start_clock()

    assert problems == [window.words("ledger_page.clock-no-day")]
    assert not occurrences(desk)
