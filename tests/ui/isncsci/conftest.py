from datetime import date

import pytest

from registry_app.domain.visit import ISNCSCI, Form
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.isncsci.sheet_card import SheetCard
from tests.builders import a_sheet


@pytest.fixture
def editor():
    form = Form("F1", "V1", ISNCSCI, date(2026, 1, 20))
    return Editor(form, a_sheet(R_LT_C2="0"))


@pytest.fixture
def refusals(editor):
    said = []
    editor.refused.connect(lambda refusal: said.append(refusal.message))
    return said


@pytest.fixture
def card(qtbot, editor, words, look):
    card = SheetCard(editor, words, look)
    qtbot.addWidget(card)
    card.resize(836, 569)
    with qtbot.waitExposed(card):
        card.show()
    card.setFocus()
    return card


@pytest.fixture
def grid(card):
    return card.grid
