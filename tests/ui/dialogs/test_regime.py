from datetime import date

import pytest
from PySide6.QtCore import QTimer

from registry_app.services.obligations import occurrences
from registry_app.services.protocol import protocol
from registry_app.services.regime import entries, regime
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
def dialog(qtbot, window):
    """The dialog of the window, opened without stopping the test."""
    made = []
    real = RegimeDialog.exec
    RegimeDialog.exec = lambda self: made.append(self) or 0
    window.plan.change_regime()
    RegimeDialog.exec = real
    (dialog,) = made
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


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
