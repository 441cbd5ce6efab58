"""R10: what is registered, published and overdue (CLINICAL.md section 8)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from registry_app.domain.figures.cells import (
    Refs,
    columns,
    day,
    fields,
    number,
    refs_of,
    rows,
    said,
    written,
)
from registry_app.domain.figures.cover import conditions, shown
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Document,
    FieldRow,
    Fields,
    Front,
    Section,
    Table,
    Value,
    Written,
)
from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import add_months
from registry_app.domain.publication import Publication, PublicationKind
from registry_app.domain.trail import Plain

#: Results are overdue so many months after the end of a study. A convention of this
#: program, said so on the report; no law names it.
OVERDUE_MONTHS: Final = 12
_SLOT: Final = "discussion"


def disclosure(dataset: Dataset, cover: Sequence[FieldRow]) -> Document:
    """The status on the day of the dataset."""
    found = tuple(
        sorted(dataset.publications, key=lambda p: (_begun(p), p.number, p.id))
    )
    studies = [p for p in found if p.kind is PublicationKind.TRIAL]
    papers = [p for p in found if p.kind is not PublicationKind.TRIAL]
    text = dataset.texts.get(_SLOT)
    return Document(
        title=shown(cover, "type"),
        front=Front.HEADING,
        addressee=shown(cover, "addressee"),
        owner=shown(cover, "owner"),
        # Its title says the type; to whom it goes stands nowhere else.
        cover=(
            *_cover(studies, dataset.on),
            *(row for row in cover if row.id != "type"),
        ),
        sections=(
            Section(
                "summary",
                say("disclosure.part-summary"),
                (Fields("summary", _counts(studies, papers, dataset.on), large=True),),
            ),
            Section(
                "studies",
                say("disclosure.part-studies"),
                (_studies(studies, dataset.on),),
            ),
            Section("papers", say("disclosure.part-papers"), (_papers(papers),)),
            Section(
                "interests", say("disclosure.part-interests"), (_interests(found),)
            ),
            Section(
                "discussion",
                say("disclosure.part-discussion"),
                (Written(_SLOT, text.ja, text.en) if text else Written(_SLOT),),
            ),
        ),
        appendix=(
            Section(
                "conditions",
                say("cover.part-conditions"),
                (conditions(dataset.protocol),),
            ),
        ),
        notices=(say("disclosure.notice-overdue", months=OVERDUE_MONTHS),),
    )


def due_on(study: Publication) -> date | None:
    """Until when results are to be posted; None while the study goes on."""
    if study.ended_on is None:
        return None
    return add_months(study.ended_on, OVERDUE_MONTHS)


def is_overdue(study: Publication, on: date) -> bool:
    """Whether results are kept back on a day: none posted, and the time is over."""
    due = due_on(study)
    posted = study.results_on is not None and study.results_on <= on
    return due is not None and on > due and not posted


def _label(name: str) -> Message:
    return say(f"disclosure.{name}")


def _begun(publication: Publication) -> date:
    return publication.registered_on or publication.results_on or date.max


def _refs(*found: Publication) -> Refs:
    return refs_of("publication", (each.id for each in found))


def _cover(studies: Sequence[Publication], on: date) -> tuple[FieldRow, ...]:
    """What PAPER.md section 7 adds for this report."""
    numbers = [study.number for study in studies if study.number]
    ended = [study for study in studies if study.ended_on and study.ended_on <= on]
    longest = max(((on - s.ended_on).days for s in ended if s.ended_on), default=None)
    since = (
        said(say("disclosure.none-ended"))
        if longest is None
        else said(say("disclosure.days", days=longest), longest, _refs(*ended))
    )
    return fields(
        _label,
        [
            ("trial-ids", written(", ".join(numbers), _refs(*studies))),
            ("longest-since-end", since),
        ],
    )


def _counts(
    studies: Sequence[Publication], papers: Sequence[Publication], on: date
) -> tuple[FieldRow, ...]:
    ended = [s for s in studies if s.ended_on is not None and s.ended_on <= on]
    posted = [s for s in ended if s.results_on is not None and s.results_on <= on]
    overdue = [s for s in studies if is_overdue(s, on)]
    unnumbered = [s for s in studies if not s.number.strip()]
    counted = [
        ("registered", studies),
        ("ended", ended),
        ("posted", posted),
        ("overdue", overdue),
        ("unnumbered", unnumbered),
        ("papers", papers),
    ]
    return fields(
        _label,
        ((name, number(len(some), _refs(*some))) for name, some in counted),
    )


def _studies(studies: Sequence[Publication], on: date) -> Table:
    return Table(
        "studies",
        say("disclosure.table-studies"),
        columns(
            _label,
            ("number", 24.0),
            ("title", 52.0),
            ("registered-on", 18.0),
            ("ended-on", 18.0),
            ("since-end", 18.0),
            ("results", 38.0),
        ),
        rows(
            (
                written(study.number, _refs(study)),
                written(study.title, _refs(study)),
                day(study.registered_on, _refs(study)),
                day(study.ended_on, _refs(study))
                if study.ended_on
                else said(say("disclosure.going-on"), None, _refs(study)),
                _since_end(study, on),
                _results(study, on),
            )
            for study in studies
        ),
    )


def _since_end(study: Publication, on: date) -> Value:
    if study.ended_on is None or study.ended_on > on:
        return Value("—", None, _refs(study))
    days = (on - study.ended_on).days
    return Value(f"{days:,}", days, _refs(study))


def _results(study: Publication, on: date) -> Value:
    """Posted (in time, or so many days late), overdue, or not due yet."""
    due, posted = due_on(study), study.results_on
    if posted is not None and posted <= on:
        late = 0 if due is None else (posted - due).days
        key = "posted-late" if late > 0 else "posted-on"
        where = study.results_where.strip() or say("disclosure.no-place")
        words = say(
            f"disclosure.{key}", day=posted.isoformat(), where=where, days=f"{late}"
        )
        return said(words, posted.isoformat(), _refs(study))
    if due is None:
        return said(say("disclosure.not-due"), None, _refs(study))
    left = (due - on).days
    key = "is-overdue" if left < 0 else "due-on"
    words = say(f"disclosure.{key}", day=due.isoformat(), days=abs(left))
    data: dict[str, Plain] = {"due": due.isoformat(), "days": left}
    return Value(words, data, _refs(study), strong=left < 0)


def _papers(papers: Sequence[Publication]) -> Table:
    return Table(
        "papers",
        say("disclosure.table-papers"),
        columns(
            _label,
            ("kind", 18.0),
            ("title", 56.0),
            ("published-on", 20.0),
            ("where", 34.0),
            ("doi", 40.0),
        ),
        rows(
            (
                said(paper.kind.told, paper.kind.value, _refs(paper)),
                written(paper.title, _refs(paper)),
                day(paper.results_on, _refs(paper)),
                written(paper.results_where, _refs(paper)),
                written(paper.doi, _refs(paper)),
            )
            for paper in papers
        ),
    )


def _interests(found: Sequence[Publication]) -> Table:
    return Table(
        "interests",
        say("disclosure.table-interests"),
        columns(
            _label,
            ("title", 56.0),
            ("doi", 30.0),
            ("funder", 36.0),
            ("conflicts", 46.0),
        ),
        rows(_interest_rows(found)),
        notes=(say("disclosure.note-interests"),),
    )


def _interest_rows(found: Sequence[Publication]) -> Iterator[tuple[Value, ...]]:
    for each in found:
        yield (
            written(each.title, _refs(each)),
            written(each.doi, _refs(each)),
            written(each.funder, _refs(each)),
            written(each.conflicts, _refs(each)),
        )
