"""R3, the evaluation that the approval asks for (製造販売後承認条件評価報告).

Plan and populations stand before the results, limits before the conclusion. Nothing is
tested, products and arms are never pooled, and no word says more than the fixed one.
"""

from dataclasses import replace

from registry_app.domain.cut import DataCut
from registry_app.domain.figures.analysis_sets import Group, primary, secondary
from registry_app.domain.figures.assessed import assessment_section, missing_section
from registry_app.domain.figures.baseline import baseline
from registry_app.domain.figures.comparison_arm import comparison_section
from registry_app.domain.figures.cover import (
    addressee,
    owner_of,
    report_type,
    standing_word,
)
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Block,
    Document,
    FieldRow,
    Front,
    Prose,
    Section,
    Written,
)
from registry_app.domain.figures.document_data import numbering
from registry_app.domain.figures.efficacy import reading_section
from registry_app.domain.figures.efficacy_cells import lock_mark
from registry_app.domain.figures.evaluation_opening import opening, own_cover
from registry_app.domain.figures.evaluation_parts import (
    canonical_table,
    matching_table,
    plan_section,
    programs_table,
    targets_table,
)
from registry_app.domain.figures.followed import trajectories_section
from registry_app.domain.figures.function import function_section
from registry_app.domain.figures.listings import (
    listing_deviations,
    listing_events,
    listing_subjects,
)
from registry_app.domain.figures.natural_course import natural_course
from registry_app.domain.figures.periodic_closing import limits
from registry_app.domain.figures.plan_items import other_window
from registry_app.domain.figures.reported import Reports, reports
from registry_app.domain.figures.responders import (
    responders_section,
    sensitivity_table,
)
from registry_app.domain.figures.safety_tables import safety
from registry_app.domain.figures.shift import outside_section, shift_section
from registry_app.domain.figures.source_index import listing_sources
from registry_app.domain.message import say
from registry_app.domain.plan.regime import state_on
from registry_app.domain.report import Kind

Groups = tuple[Group, ...]


def evaluation_report(
    dataset: Dataset,
    cover: tuple[FieldRow, ...],
    cut: DataCut | None = None,
    seal: str = "",
    code: str = "",
) -> Document:
    """The whole report. `cover`: its common fields; `cut`: what it is made from.

    `seal`: SHA-256 of the pack as the registry keeps it. `code`: that of the program
    which counts now.
    """
    groups, found = primary(dataset), reports(dataset)
    protocol = dataset.protocol
    document = Document(
        title=report_type(Kind.EVALUATION, protocol),
        front=Front.PAGE,
        addressee=addressee(Kind.EVALUATION, protocol),
        owner=owner_of(Kind.EVALUATION, protocol),
        cover=(*cover, *own_cover(dataset, groups)),
        sections=(
            opening(dataset, groups),
            plan_section(dataset),
            _populations(dataset, groups),
            _primary(dataset, groups),
            _secondary(dataset),
            _sensitivity(dataset, groups),
            _natural(dataset, groups),
            replace(safety(dataset, found), title=say("efficacy.r3-safety")),
            _limits(dataset, groups, found),
            _conclusion(dataset),
        ),
        appendix=(
            Section(
                "plan-as-locked", say("efficacy.r3-sap"), (canonical_table(dataset),)
            ),
            Section(
                "listings",
                say("efficacy.r3-listings"),
                (
                    listing_subjects(dataset, groups),
                    listing_events(found),
                    listing_deviations(dataset),
                ),
                new_page=True,
            ),
            Section(
                "programs",
                say("efficacy.r3-programs"),
                (programs_table(dataset, cut, seal, code),),
            ),
        ),
        notices=(say("efficacy.r3-notice"),),
    )
    sources = Section(
        "sources",
        say("efficacy.r3-sources"),
        (listing_sources(document.sections, numbering(document).tables),),
    )
    return replace(document, appendix=(*document.appendix, sources))


def _written(dataset: Dataset, slot: str) -> Written:
    text = dataset.texts.get(slot)
    return Written(slot) if text is None else Written(slot, text.ja, text.en)


def _populations(dataset: Dataset, groups: Groups) -> Section:
    """Section 3: who, compared with whom, matched by what, how many of how many."""
    blocks: list[Block] = [
        Prose(say("efficacy.populations")),
        targets_table(dataset, groups),
    ]
    matching = matching_table(dataset)
    if matching is not None:
        blocks.append(matching)
    blocks += [comparison_section(dataset), baseline(dataset)]
    blocks.append(missing_section(dataset, groups))
    apart = outside_section(dataset, groups)
    if apart is not None:
        blocks.append(apart)
    title = say("efficacy.r3-populations")
    return Section("populations", title, tuple(blocks))


def _primary(dataset: Dataset, groups: Groups) -> Section:
    """Section 4: by cohort and arm; amended after the lock, and said so, if it was."""
    found = (
        reading_section(dataset),
        shift_section(dataset, groups),
        responders_section(dataset, groups),
    )
    return Section(
        "primary",
        say("efficacy.r3-primary"),
        tuple(one for one in found if one is not None),
        mark=lock_mark(dataset),
    )


def _secondary(dataset: Dataset) -> Section:
    """Section 5: further endpoints of the pack, courses and changes."""
    groups = secondary(dataset)
    found = (
        responders_section(dataset, groups, "secondary") if groups else None,
        trajectories_section(dataset),
        function_section(dataset),
    )
    return Section(
        "secondary",
        say("efficacy.r3-secondary"),
        tuple(one for one in found if one is not None),
    )


def _sensitivity(dataset: Dataset, groups: Groups) -> Section:
    """Section 6."""
    return Section(
        "sensitivity-analyses",
        say("efficacy.r3-sensitivity"),
        (
            sensitivity_table(dataset, groups),
            assessment_section(dataset, groups),
            _written(dataset, "sensitivity"),
        ),
        mark=lock_mark(dataset),
    )


def _natural(dataset: Dataset, groups: Groups) -> Section:
    """Section 7: the natural course beside the results."""
    rule = other_window(dataset.evaluations).told
    return Section(
        "natural-course",
        say("efficacy.r3-natural"),
        (
            Prose(say("efficacy.natural", rule=rule)),
            *natural_course(dataset, groups),
        ),
    )


def _limits(dataset: Dataset, groups: Groups, found: Reports) -> Section:
    """Section 9: what the data lack, counted as in R1, and what a person adds."""
    return Section(
        "limits-of-report",
        say("efficacy.r3-limits"),
        (limits(dataset, groups, found), _written(dataset, "limits")),
    )


def _conclusion(dataset: Dataset) -> Section:
    """Section 10: the fixed word, and what a person concludes."""
    word = standing_word(state_on(dataset.protocol, dataset.on))
    return Section(
        "conclusion",
        say("efficacy.r3-conclusion"),
        (
            Prose(say("efficacy.reading-word", word=word)),
            _written(dataset, "conclusion"),
        ),
    )
