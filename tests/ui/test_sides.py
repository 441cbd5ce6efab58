import pytest
from PySide6.QtWidgets import QPushButton

from registry_app.ui.sides import Sides


@pytest.fixture
def make(qtbot, look):
    def made(**told):
        main, aside = QPushButton("main"), QPushButton("aside")
        sides = Sides(look, main, aside, 200, 600, **told)
        qtbot.addWidget(sides)
        sides.resize(800, 300)
        sides.show()
        return sides, main, aside

    return made


def test_where_there_is_room_both_stand_side_by_side(make):
    sides, main, aside = make()

    assert not sides.narrow
    assert aside.width() == 200
    assert aside.x() > main.x()


def test_where_there_is_none_one_at_a_time_is_seen(make):
    sides, main, aside = make()
    sides.resize(400, 300)
    assert sides.narrow
    assert main.isVisible()
    assert not aside.isVisible()

    sides.enter()
    assert aside.isVisible()
    assert not main.isVisible()

    sides.leave()
    assert main.isVisible()


def test_or_the_other_goes_below(qtbot, make):
    sides, main, aside = make(under=True)
    with qtbot.waitSignal(sides.turned) as turned:
        sides.resize(400, 300)
    assert turned.args == [True]
    qtbot.waitUntil(lambda: aside.y() > main.y())

    sides.resize(800, 300)
    qtbot.waitUntil(lambda: aside.width() == 200)
