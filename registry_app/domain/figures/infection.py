"""R8, the worksheet of the infection reports (REGULATION.md section 5.2).

About one item it is the 30-day report; about a period the six-month report, which from
1 May 2026 is owed only where something is to be reported that no 30-day report has
sent. A period that ended before falls under the old rule: every period is reported.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from registry_app.domain.errors import NotFound
from registry_app.domain.figures.case_clocks import case_clocks
from registry_app.domain.figures.cells import (
    Refs,
    columns,
    day,
    fields,
    joined,
    number,
    refs_of,
    rows,
    said,
    written,
)
from registry_app.domain.figures.cover import below_title, conditions, shown
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Align,
    Block,
    Column,
    Document,
    FieldRow,
    Fields,
    Front,
    Prose,
    Row,
    Section,
    Table,
    Value,
    Written,
)
from registry_app.domain.figures.infection_period import Half, half_of
from registry_app.domain.kit import Kit, Manufacture
from registry_app.domain.message import Message, in_halves, say
from registry_app.domain.report import SLOTS, Kind
from registry_app.domain.safety import CaseOrigin, CaseState, Event, SafetyCase

_RESEARCH = (CaseOrigin.RESEARCH, CaseOrigin.LITERATURE)
#: The classes of a pack that are about infections begin so.
_CLASS = "infection"


def infection(dataset: Dataset, cover: Sequence[FieldRow], about: str = "") -> Document:
    """The worksheet. `about`: the safety case of a 30-day report; "": of a period.

    Raises NotFound where there is no such case as of the cut.
    """
    case = next((each for each in dataset.cases if each.id == about), None)
    if about and case is None:
        raise NotFound("infection.no-case", case=about)
    half = half_of(dataset)
    kind = "kind-30" if case else half.kind if half else "kind-6"
    items = _items(dataset, half) if case is None else (case,)
    return Document(
        title=shown(cover, "type"),
        front=Front.THIRD,
        addressee=shown(cover, "addressee"),
        owner=shown(cover, "owner"),
        cover=(
            FieldRow(
                "worksheet",
                say("infection.worksheet"),
                said(say(f"infection.{kind}"), kind),
            ),
            *(() if case or half is None else half.fields),
            *(row for row in below_title(cover) if row.id != "period"),
        ),
        sections=(
            _deadline(dataset, case, half),
            _section("shipped", _shipped(dataset, half)),
            _section(
                "research",
                _table(dataset, items, "research", lambda c: c.origin in _RESEARCH),
                *_written(dataset, "literature"),
            ),
            _section("occurrence", _table(dataset, items, "occurrence", _occurred)),
            _section(
                "foreign",
                _table(
                    dataset,
                    items,
                    "foreign",
                    lambda c: c.origin is CaseOrigin.FOREIGN_ACTION,
                ),
            ),
            _section("evaluation", *_written(dataset, "evaluation")),
            _section("actions", *_written(dataset, "actions")),
        ),
        appendix=(
            Section(
                "conditions",
                say("cover.part-conditions"),
                (conditions(dataset.protocol),),
            ),
        ),
        notices=(say("infection.notice-owner"), say("infection.notice-base")),
    )


def _label(name: str) -> Message:
    return say(f"infection.{name}")


def _section(name: str, *blocks: Block) -> Section:
    return Section(name, say(f"infection.part-{name}"), blocks)


def _written(dataset: Dataset, slot: str) -> Iterator[Block]:
    if slot not in SLOTS[Kind.INFECTION]:
        return
    text = dataset.texts.get(slot)
    yield Written(slot, text.ja, text.en) if text else Written(slot)


def _occurred(case: SafetyCase) -> bool:
    """An infection of somebody, at home or abroad."""
    return case.origin not in (*_RESEARCH, CaseOrigin.FOREIGN_ACTION)


def _deadline(dataset: Dataset, case: SafetyCase | None, half: Half | None) -> Section:
    if case is not None:
        table = case_clocks(case, dataset)
        first = case.versions.get("1")
        aware = None if first is None else first.day0
        rows_ = [
            ("item", written(case.title, _refs(case))),
            ("aware", day(aware, _refs(case))),
            ("origin", said(case.origin.told, case.origin.value, _refs(case))),
        ]
        return _section("deadline", Fields("item", fields(_label, rows_)), table)
    if half is None:
        return _section("deadline", Prose(say("infection.no-rule")))
    items = _items(dataset, half)
    open_ = [each for each in items if not _sent(each)]
    # A case report (Art. 68-10) is no 30-day report: whether its infection is also an
    # item of this report is for a person to judge.
    reported = [each for each in items if _sent(each) and not _of_30_days(each)]
    refs = tuple(ref for each in items for ref in _refs(each))
    key = "owed" if open_ else "to-judge" if reported else "not-owed"
    if half.every_period:
        key = "owed-old" if items else "owed-simplified"
    counted = [
        ("items", number(len(items), refs)),
        ("items-sent", number(len(items) - len(open_) - len(reported))),
        (
            "items-reported",
            number(len(reported), tuple(r for c in reported for r in _refs(c))),
        ),
        ("items-open", number(len(open_), tuple(r for c in open_ for r in _refs(c)))),
        ("undated", _undated(dataset)),
        ("whether", said(say(f"infection.{key}"), key, refs)),
    ]
    return _section(
        "deadline",
        half.table,
        Fields("items", fields(_label, counted)),
    )


def _undated(dataset: Dataset) -> Value:
    """Items that nobody has given a day 0: they are in no period, and are named."""
    found = [
        case for case in dataset.cases if _is_item(case, dataset) and not case.versions
    ]
    return number(len(found), tuple(ref for case in found for ref in _refs(case)))


def _refs(case: SafetyCase) -> Refs:
    return refs_of("safety_case", [case.id], case.id)


def _sent(case: SafetyCase) -> bool:
    return any(version.sent_on is not None for version in case.versions.values())


def _of_30_days(case: SafetyCase) -> bool:
    """Whether it is an item of the 30-day infection report itself."""
    return case.chosen_class.startswith(_CLASS)


def _events(case: SafetyCase, dataset: Dataset) -> tuple[Event, ...]:
    return tuple(each for each in dataset.events if each.case_id == case.id)


def _is_item(case: SafetyCase, dataset: Dataset) -> bool:
    """Whether a case is about an infection: an event of it is, or its class."""
    if case.state is CaseState.NOT_A_CASE or not case.reportable:
        return False
    if _of_30_days(case):
        return True
    return any(event.infection for event in _events(case, dataset))


def _items(dataset: Dataset, half: Half | None) -> tuple[SafetyCase, ...]:
    """The items that the holder learned of in the period, by its days 0."""
    first, last = (date.min, dataset.on) if half is None else (half.first, half.last)
    return tuple(
        case
        for case in dataset.cases
        if _is_item(case, dataset)
        and any(first <= v.day0 <= last for v in case.versions.values())
    )


def _table(
    dataset: Dataset,
    items: Sequence[SafetyCase],
    name: str,
    belongs: Callable[[SafetyCase], bool],
) -> Table:
    return Table(
        name,
        say(f"infection.table-{name}"),
        columns(
            _label,
            ("case", 22.0),
            ("origin", 25.0),
            ("what", 64.0),
            ("onset", 18.5),
            ("day-0", 18.5),
            ("sent", 20.0),
        ),
        rows(
            (
                Value(case.id, case.id, _refs(case)),
                said(case.origin.told, case.origin.value, _refs(case)),
                _what(case, dataset),
                _onset(case, dataset),
                day(min(v.day0 for v in case.versions.values()), _refs(case))
                if case.versions
                else day(None, _refs(case)),
                _when_sent(case),
            )
            for case in items
            if belongs(case)
        ),
    )


def _what(case: SafetyCase, dataset: Dataset) -> Value:
    events = [e for e in _events(case, dataset) if e.infection]
    if not events:
        return written(case.title, _refs(case))
    named = joined(
        say(
            "infection.event",
            what=in_halves(event.what),
            outcome=event.outcome.told,
            expected=event.expected.told,
        )
        for event in events
    )
    refs = refs_of("event", (event.id for event in events), case.id)
    return said(named, [event.what for event in events], refs)


def _onset(case: SafetyCase, dataset: Dataset) -> Value:
    days = [e.onset for e in _events(case, dataset) if e.infection and e.onset]
    return day(min(days, default=None), _refs(case))


def _when_sent(case: SafetyCase) -> Value:
    days = [v.sent_on for v in case.versions.values() if v.sent_on]
    if not days:
        return said(say("infection.not-sent"), None, _refs(case))
    return day(min(days), _refs(case))


def _shipped(dataset: Dataset, half: Half | None) -> Table:
    """Kits of the period and since the approval; the day of the order counts."""
    within = dataset.period if half is None else (half.first, half.last)

    def row(name: str, of: Callable[[Kit], date | None]) -> Row:
        every = [k for k in dataset.kits if (d := of(k)) and d <= dataset.on]
        some = [
            k
            for k in every
            if within is not None and within[0] <= (of(k) or date.max) <= within[1]
        ]
        return Row(
            name,
            (
                said(say(f"infection.{name}")),
                number(len(some), _kits(some)),
                number(len(every), _kits(every)),
            ),
        )

    def made(state: Manufacture) -> Callable[[Kit], date | None]:
        return lambda kit: kit.ordered_on if kit.manufacture is state else None

    return Table(
        "shipped",
        say("infection.table-shipped"),
        (
            Column("what-counted", say("infection.what-counted"), 108.0),
            Column("in-period", say("infection.in-period"), 30.0, Align.RIGHT),
            Column("so-far", say("infection.so-far"), 30.0, Align.RIGHT),
        ),
        (
            row("kits-ordered", lambda kit: kit.ordered_on),
            row("kits-made", made(Manufacture.SUCCEEDED)),
            row("kits-failed", made(Manufacture.FAILED)),
            row("kits-pending", made(Manufacture.PENDING)),
            row("kits-given", lambda kit: kit.given_on),
            row("kits-not-given", lambda kit: kit.not_given_on),
        ),
        notes=(say("infection.note-shipped"),),
    )


def _kits(kits: Sequence[Kit]) -> Refs:
    return refs_of("kit", (kit.id for kit in kits))
