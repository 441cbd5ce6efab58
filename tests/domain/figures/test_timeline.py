from datetime import date, timedelta

import pytest

from registry_app.domain.figures.timeline import Standing, timeline
from registry_app.domain.message import Told
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.pack import (
    Anchor,
    Basis,
    Confidence,
    Origin,
    PlannedVisit,
    Span,
)
from registry_app.domain.plan.windows import Window
from registry_app.words import Language, Words
from tests.reports.made_up import a_subject

BASIS = Basis(("S1",), Confidence.CONFIRMED)
INJURED = a_subject().injury_date


def day(number):
    return INJURED + timedelta(days=number)


def a_window(centre=180, around=30, counted=None):
    name = Told("主要評価", "Endpoint")
    visit = PlannedVisit(
        "end", name, "injury", Span(days=centre), around, around, ("isncsci",), BASIS
    )
    anchor = Anchor("injury", Told("受傷", "Injury"), Origin.INJURY, BASIS)
    found = ExamFact("f", "isncsci", day(counted), True) if counted else None
    return Window(
        visit,
        anchor,
        INJURED,
        day(centre),
        day(centre - around),
        day(centre + around),
        counted=found,
    )


@pytest.mark.parametrize(
    ("on", "counted", "ended", "standing", "said"),
    [
        (100, None, None, Standing.OPEN, "Endpoint"),
        (200, None, None, Standing.DUE, f"Endpoint: by {day(210)}, 10 d left"),
        (213, None, None, Standing.OVERDUE, f"Endpoint: ended {day(210)}, 3 d over"),
        (213, 181, None, Standing.DONE, "Endpoint: day 181 counts"),
        (213, None, 150, Standing.BLOCKED, "Endpoint: follow-up ended"),
    ],
)
def test_a_window_says_how_it_stands_on_a_day(on, counted, ended, standing, said):
    line = timeline(
        a_subject(),
        [],
        windows=[a_window(counted=counted)],
        today=day(on),
        ended_on=day(ended) if ended else None,
    )
    (window,) = line.windows

    assert (window.first_day, window.last_day) == (150, 210)
    assert window.standing is standing
    assert Words(Language.EN).say(window.label) == said


def test_the_pack_names_injury_treatment_and_every_other_date():
    words = Words(Language.EN)
    line = timeline(
        a_subject(),
        [],
        anchors=[(Told("骨髄採取", "Marrow"), day(24))],
        injury=Told("発症", "First seizure"),
        treatment=Told("移植", "Transplant"),
    )
    said = [(e.day, words.say(e.label), e.treatment) for e in line.events]

    treated = a_subject().day(a_subject().treatment_date)
    assert (0, "First seizure", False) in said
    assert (24, "Marrow", False) in said
    assert (treated, f"Transplant, day {treated}", True) in said


def test_a_window_of_a_far_year_is_not_drawn():
    far = date(INJURED.year + 9, 1, 1) - INJURED
    line = timeline(
        a_subject(), [], windows=[a_window(), a_window(far.days)], today=day(0)
    )

    assert len(line.windows) == 1
