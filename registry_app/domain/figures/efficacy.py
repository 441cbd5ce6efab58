"""Efficacy (R1 section 8): the subsections, counted once from one dataset."""

from registry_app.domain.figures.analysis_sets import primary
from registry_app.domain.figures.assessed import assessment_section, missing_section
from registry_app.domain.figures.cover import standing_word
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import Prose, Section
from registry_app.domain.figures.efficacy_cells import lock_mark
from registry_app.domain.figures.followed import trajectories_section
from registry_app.domain.figures.function import function_section
from registry_app.domain.figures.natural_course import comparators_section
from registry_app.domain.figures.responders import (
    responders_section,
    sensitivity_table,
)
from registry_app.domain.figures.shift import outside_section, shift_section
from registry_app.domain.message import say
from registry_app.domain.plan.regime import state_on


def efficacy_sections(dataset: Dataset) -> tuple[Section, ...]:
    """The subsections of efficacy, in order; those that the pack has nothing for are
    left out. Limits stand before words on effect (PAPER.md section 8).
    """
    if not dataset.protocol.pack.endpoints:
        return (
            trajectories_section(dataset),
            assessment_section(dataset, ()),
        )
    groups = primary(dataset)
    sensitivity = Section(
        "efficacy-sensitivity",
        say("efficacy.sensitivity"),
        (sensitivity_table(dataset, groups),),
        mark=lock_mark(dataset),
    )
    found = (
        reading_section(dataset),
        shift_section(dataset, groups),
        responders_section(dataset, groups),
        sensitivity,
        comparators_section(dataset, groups),
        trajectories_section(dataset),
        function_section(dataset),
        missing_section(dataset, groups),
        assessment_section(dataset, groups),
        outside_section(dataset, groups),
    )
    return tuple(section for section in found if section is not None)


def reading_section(dataset: Dataset) -> Section:
    """How the results are to be read: the fixed word, and what they cannot show."""
    word = standing_word(state_on(dataset.protocol, dataset.on))
    return Section(
        "efficacy-reading",
        say("efficacy.reading"),
        (
            Prose(say("efficacy.reading-word", word=word)),
            Prose(say("efficacy.reading-limits")),
        ),
    )
