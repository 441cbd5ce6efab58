from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from registry_app.domain.errors import InvalidValue
from registry_app.domain.plan.duties import is_unset
from registry_app.domain.plan.pack import Owner
from registry_app.services.obligations import ledger_on
from registry_app.services.protocol import today_in_japan
from registry_app.ui.dialogs.asking import line_of, written
from registry_app.ui.dialogs.transmit import Sent, TransmitDialog

FIRST = (date(2025, 1, 1), date(2025, 6, 30))
SECOND = (date(2025, 7, 1), date(2025, 12, 31))


@pytest.fixture
def duties(desk):
    """Two of the same report, about two periods."""
    one = next(duty for duty in ledger_on(desk) if duty.owner is Owner.HOLDER)
    return [
        replace(one, key=f"O6:{n}", period=p) for n, p in enumerate((FIRST, SECOND))
    ]


def asked(qtbot, desk, words, look, duties, period=None):
    sent = []
    dialog = TransmitDialog(
        *(None, words, look, sent.append),
        number="R7-1",
        today=today_in_japan(desk),
        duties=duties,
        period=period,
    )
    qtbot.addWidget(dialog)
    return dialog, sent


@pytest.mark.parametrize(
    ("count", "period", "proposed"),
    [(0, None, ""), (1, None, "O6:0"), (2, None, ""), (2, SECOND, "O6:1")],
)
def test_a_duty_is_proposed_only_where_there_is_no_doubt(
    qtbot, desk, words, look, duties, count, period, proposed
):
    dialog, _ = asked(qtbot, desk, words, look, duties[:count], period)

    assert written(dialog.duty) == proposed


def test_a_duty_whose_base_date_is_not_set_is_not_proposed(qtbot, desk, words, look):
    unset = next(duty for duty in ledger_on(desk) if is_unset(duty))
    dialog, _ = asked(qtbot, desk, words, look, [unset])

    assert (written(dialog.duty), dialog.duty.input.count()) == ("", 2)


def test_a_day_before_the_report_was_made_is_said_at_the_day(qtbot, desk, words, look):
    def refuse(_sent):
        raise InvalidValue("report_service.sent-before-made", on=date(2026, 3, 31))

    dialog = TransmitDialog(
        *(None, words, look, refuse), number="R7-1", today=date(2026, 4, 1), duties=()
    )
    qtbot.addWidget(dialog)
    line_of(dialog.recipient).setText("PMDA")
    line_of(dialog.way).setText("by post")
    dialog.accept()

    assert "before it was made" in dialog.on.problem


def test_to_whom_how_and_when_are_needed(qtbot, desk, words, look, duties):
    dialog, sent = asked(qtbot, desk, words, look, duties)
    line_of(dialog.recipient).setText("PMDA")
    dialog.accept()
    assert dialog.way.problem

    line_of(dialog.way).setText("by post")
    dialog.on.line.setText("2026-03-31")
    dialog.accept()
    assert sent == [Sent("PMDA", "by post", date(2026, 3, 31), "", None, "", "")]


def test_a_day_to_come_is_refused(qtbot, desk, words, look, duties):
    dialog, sent = asked(qtbot, desk, words, look, duties)
    line_of(dialog.recipient).setText("PMDA")
    line_of(dialog.way).setText("by post")
    dialog.on.line.setText("2030-01-01")
    dialog.accept()

    assert dialog.on.problem
    assert sent == []


def test_enter_leads_to_the_next_empty_line_and_saves_after_the_last(
    qtbot, desk, words, look, duties
):
    dialog, sent = asked(qtbot, desk, words, look, duties)
    dialog.show()
    line_of(dialog.recipient).setFocus()
    for text in ("PMDA", "by post", "17", "2026-03-31", "made up"):
        assert sent == []
        qtbot.keyClicks(dialog.focusWidget(), text)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)

    (one,) = sent
    assert (one.recipient, one.way, one.note) == ("PMDA", "by post", "made up")
    assert (one.receipt, one.receipt_on) == ("17", date(2026, 3, 31))


def test_ctrl_enter_saves_from_any_line(qtbot, desk, words, look, duties):
    dialog, sent = asked(qtbot, desk, words, look, duties)
    dialog.show()
    line_of(dialog.way).setText("by post")
    recipient = line_of(dialog.recipient)
    recipient.setText("PMDA")
    recipient.setFocus()
    qtbot.keyClick(recipient, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert [one.receipt for one in sent] == [""]
