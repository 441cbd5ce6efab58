from datetime import date

from registry_app.domain.message import say
from registry_app.domain.plan.duty import Step
from registry_app.ui.step_list import StepList, _Dot


def shapes(qtbot, words, look, reached):
    steps = [
        Step(date(2026, 6, 27), say("app.title")),
        Step(date(2026, 7, 27), say("app.title")),
        Step(date(2026, 5, 1), say("app.title")),
    ]
    made = StepList(words, look, steps, reached)
    qtbot.addWidget(made)
    return [dot._shape for dot in made.findChildren(_Dot)]


def test_the_diamond_stands_at_the_day_reached_also_before_a_remark(qtbot, words, look):
    found = shapes(qtbot, words, look, date(2026, 7, 27))

    assert found == ["open", "now", "open"]


def test_without_a_day_that_was_reached_the_diamond_stands_last(qtbot, words, look):
    assert shapes(qtbot, words, look, None) == ["open", "open", "now"]
