import pytest

from registry_app.ui.frame import Rail

NAMES = [(name, name.title()) for name in ("today", "patients", "duties", "safety")]


@pytest.fixture
def rail(qtbot, look):
    made = Rail(look, NAMES)
    qtbot.addWidget(made)
    return made


def heights(rail):
    return {item.height() for item in rail._items.values()}


def test_a_low_rail_shows_icons_alone_and_their_words_as_a_tip(rail):
    rail.resize(rail.width(), 400)
    rail.show()
    assert heights(rail) == {52}

    rail.resize(rail.width(), 200)

    assert heights(rail) == {36}
    assert [item.toolTip() for item in rail._items.values()] == [
        text for _name, text in NAMES
    ]


def test_a_mark_is_said_with_the_name_of_its_place(rail):
    rail.mark("safety", "overdue", "late")
    assert rail._items["safety"].accessibleName() == "Safety, late"

    rail.mark("safety", "", "")
    assert rail._items["safety"].accessibleName() == "Safety"
