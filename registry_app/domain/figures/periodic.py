"""R1, the periodic follow-up report (使用成績等定期報告, REGULATION.md section 8).

Thirteen sections and the listings behind them, counted from one dataset. What a person
has to write stands in slots; what the data lack is said before any effect.
"""

from dataclasses import replace

from registry_app.domain.figures.analysis_sets import primary
from registry_app.domain.figures.approval_conditions import conditions
from registry_app.domain.figures.baseline import baseline
from registry_app.domain.figures.cover import (
    addressee,
    long_day,
    owner_of,
    report_type,
)
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.deviation_tables import deviations
from registry_app.domain.figures.disposition import disposition
from registry_app.domain.figures.distribution import distribution, lots
from registry_app.domain.figures.document import (
    Document,
    FieldRow,
    Front,
    Said,
    Section,
)
from registry_app.domain.figures.document_data import numbering
from registry_app.domain.figures.efficacy import efficacy_sections
from registry_app.domain.figures.listings import (
    listing_deviations,
    listing_events,
    listing_subjects,
)
from registry_app.domain.figures.periodic_closing import (
    actions,
    discussion,
    literature,
    outlook,
)
from registry_app.domain.figures.periodic_opening import product, summary
from registry_app.domain.figures.reported import reports
from registry_app.domain.figures.safety_tables import safety
from registry_app.domain.figures.source_index import listing_sources
from registry_app.domain.message import say
from registry_app.domain.report import Kind


def periodic(dataset: Dataset, cover: tuple[FieldRow, ...]) -> Document:
    """The whole report. `cover`: its common fields, see cover.py."""
    groups, found = primary(dataset), reports(dataset)
    document = Document(
        title=report_type(Kind.PERIODIC, dataset.protocol),
        front=Front.PAGE,
        addressee=addressee(Kind.PERIODIC, dataset.protocol),
        owner=owner_of(Kind.PERIODIC, dataset.protocol),
        cover=cover,
        sections=(
            summary(dataset, groups, found),
            product(dataset),
            conditions(dataset),
            distribution(dataset),
            disposition(dataset, groups),
            baseline(dataset),
            safety(dataset, found),
            Section(
                "efficacy",
                say("periodic.section-efficacy"),
                efficacy_sections(dataset),
                new_page=True,
            ),
            deviations(dataset),
            actions(dataset),
            literature(dataset, found),
            discussion(dataset, groups, found),
            outlook(dataset),
        ),
        appendix=(
            Section(
                "listings",
                say("periodic.section-listings"),
                (
                    listing_subjects(dataset, groups),
                    listing_events(found),
                    listing_deviations(dataset),
                    lots(dataset),
                ),
                new_page=True,
            ),
        ),
        period=period_of(dataset),
        notices=(say("periodic.notice-marks"), say("periodic.notice-conventions")),
    )
    return _with_sources(document)


def period_of(dataset: Dataset) -> Said | None:
    """The period as the cover tells it; None where there is none."""
    if dataset.period is None:
        return None
    first, last = (long_day(on) for on in dataset.period)
    return say("cover.period-days", first=first, last=last)


def _with_sources(document: Document) -> Document:
    """The same with the listing of who stands behind each number, by its table."""
    sources = Section(
        "sources",
        say("periodic.section-sources"),
        (listing_sources(document.sections, numbering(document).tables),),
    )
    return replace(document, appendix=(*document.appendix, sources))
