"""The reports that are built as data: everything as of a cut, into a document."""

from collections.abc import Callable
from dataclasses import replace

from registry_app.domain.figures.cover import common_cover
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import Document, FieldRow
from registry_app.domain.plan.records import PackInUse
from registry_app.domain.report import Kind, Transmittal
from registry_app.domain.rights import Deed
from registry_app.domain.subject import Identity
from registry_app.services.about import About
from registry_app.services.dataset import dataset
from registry_app.services.desk import Desk
from registry_app.services.program import code_hash
from registry_app.services.rights import needs


@needs(Deed.LOOK)
def document(
    desk: Desk, kind: Kind, about: About, going: Callable[[], None]
) -> Document:
    """The document of a kind. Raises NotFound for a safety case that is not there.

    `going`: called between the parts of the work; what it raises ends it.
    """
    data = _data(desk, about, going)
    going()
    cover = common_cover(
        kind,
        data.protocol,
        about.on,
        cut=about.frozen,
        period=about.period,
        evaluations=data.evaluations,
        identifiable=about.identifiable,
    )
    if kind is Kind.USE_RECORD:
        built = _use_record(desk, about, data, cover)
    elif kind is Kind.EVALUATION:
        built = _evaluation(desk, about, data, cover)
    else:
        built = _of_data(kind, about, data, cover)
    patients = [*data.patients]
    del data
    # One by one: to free ten thousand at once keeps every other thread waiting.
    while patients:
        patients.pop()
    return built


def _data(desk: Desk, about: About, going: Callable[[], None]) -> Dataset:
    with about.read(desk) as reading:
        found = dataset(
            reading, desk, about.on, about.period, texts=about.texts, going=going
        )
    if not about.newest:
        return found
    # The tables as they are hold what was handed over since; it asks for no new cut.
    with desk.read(about.cut.seq) as reading:
        return replace(found, transmittals=reading.find(Transmittal))


def _of_data(
    kind: Kind, about: About, data: Dataset, cover: tuple[FieldRow, ...]
) -> Document:
    """Each builder is read when it is asked for: they are large, and one is needed."""
    if kind is Kind.PERIODIC:
        from registry_app.domain.figures.periodic import periodic

        return periodic(data, cover)
    if kind is Kind.CASE_REPORT:
        from registry_app.domain.figures.case_report import case_report

        return case_report(about.safety_case, data, cover)
    if kind is Kind.UNKNOWN_NON_SERIOUS:
        from registry_app.domain.figures.unknown_non_serious import unknown_non_serious

        return unknown_non_serious(data, cover)
    if kind is Kind.INFECTION:
        from registry_app.domain.figures.infection import infection

        return infection(data, cover, about.safety_case)
    from registry_app.domain.figures.disclosure import disclosure

    return disclosure(data, cover)


def _evaluation(
    desk: Desk, about: About, data: Dataset, cover: tuple[FieldRow, ...]
) -> Document:
    from registry_app.domain.figures.evaluation_report import evaluation_report

    with about.read(desk) as reading:
        packs = reading.find(PackInUse)
    seal = packs[0].sha256 if packs else ""
    return evaluation_report(data, cover, about.frozen, seal, code_hash())


def _use_record(
    desk: Desk, about: About, data: Dataset, cover: tuple[FieldRow, ...]
) -> Document:
    from registry_app.domain.figures.use_record import use_record

    identities: dict[str, Identity] | None = None
    if about.identifiable:
        with about.read(desk) as reading:
            identities = {one.id: one for one in reading.find(Identity)}
    return use_record(data, identities, cover)
