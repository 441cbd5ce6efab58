"""R9, the use record of a designated product, kept as a book for twenty years.

PMD Act Art. 68-7: the physician writes it, the manager of the hospital keeps it and
gives it to the holder when needed (REGULATION.md section 6). It names people by its
nature: name, address, sex, birth date, product, lot, day of use. What is not known is
named, never left out. A volume is a year of use; that is a convention of this program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from registry_app.domain.figures.cells import (
    Refs,
    columns,
    dash,
    day,
    fields,
    joined,
    number,
    refs_of,
    said,
    written,
)
from registry_app.domain.figures.cover import conditions, shown
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Block,
    Document,
    FieldRow,
    Fields,
    Front,
    Mark,
    Prose,
    Ref,
    Row,
    Section,
    Table,
    Value,
)
from registry_app.domain.hold import LegalHold
from registry_app.domain.message import Message, say
from registry_app.domain.plan.case import Case
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.pack import Rule
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.plan.retention import (
    retain_until,
    retention_rules,
    retention_unsure,
)
from registry_app.domain.subject import Identity, Subject

#: The columns of the book, and of a copy that names nobody; widths in mm.
_NAMED: Final = (
    *(("entry", 8.0), ("used-on", 17.0), ("lot", 16.0), ("case", 22.5)),
    *(("name", 25.0), ("sex", 12.5), ("born", 17.0), ("address", 32.0)),
    ("keep-until", 18.0),
)
_CODED: Final = (
    *(("entry", 12.0), ("used-on", 26.0), ("lot", 34.0), ("case", 34.0)),
    *(("sex", 18.0), ("keep-until", 44.0)),
)

#: Who the cases are, by case ID; None of a copy that names nobody.
_People = Mapping[str, Identity] | None


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of the product; `lot` "": no kit of it is on record.

    `until`: the last day on which the records of its case are kept; `held`: the legal
    hold on them.
    """

    subject: Subject
    on: date
    lot: str
    refs: Refs
    until: date | None
    held: LegalHold | None


def use_record(
    dataset: Dataset,
    identities: _People,
    cover: Sequence[FieldRow],
) -> Document:
    """The book. `identities`: by case ID; None: case IDs stand in place of names."""
    uses = _uses(dataset)
    mark = Mark.TO_CONFIRM if retention_unsure(dataset.protocol) else Mark.NONE
    last = max((use.until for use in uses if use.until is not None), default=None)
    return Document(
        title=shown(cover, "type"),
        front=Front.PAGE,
        addressee=shown(cover, "addressee"),
        owner=shown(cover, "owner"),
        cover=(*cover, *_cover(uses, last, mark, identifiable=identities is not None)),
        sections=(
            _rules(dataset.protocol),
            *_holds(dataset, identifiable=identities is not None),
            *_volumes(uses, identities, mark),
        ),
        notices=(
            say("use_record.notice-keeper"),
            say("use_record.notice-personal")
            if identities is not None
            else say("use_record.notice-pseudonymous"),
            say("use_record.notice-bound"),
        ),
    )


def _label(name: str) -> Message:
    return say(f"use_record.{name}")


def _uses(dataset: Dataset) -> tuple[_Use, ...]:
    """Every use by its day: each kit that was given, and each treatment without one."""
    found = []
    for patient in dataset.patients:
        subject = patient.case.subject
        ref = Ref("subject", subject.id, subject.id)
        kept = (
            retain_until(dataset.protocol, patient.case),
            patient.case.hold(dataset.on),
        )
        given = [kit for kit in patient.case.kits if kit.given_on is not None]
        for kit in given:
            assert kit.given_on is not None
            refs = (*refs_of("kit", [kit.id], subject.id), ref)
            found.append(_Use(subject, kit.given_on, kit.lot, refs, *kept))
        if not given and subject.treatment_date is not None:
            found.append(_Use(subject, subject.treatment_date, "", (ref,), *kept))
    held = (use for use in found if use.on <= dataset.on)
    return tuple(sorted(held, key=lambda use: (use.on, use.subject.id)))


def _cover(
    uses: Sequence[_Use], last: date | None, mark: Mark, *, identifiable: bool
) -> tuple[FieldRow, ...]:
    """What PAPER.md section 7 adds for this report."""
    years = sorted({use.on.year for use in uses})
    volumes = (
        say("use_record.volume-years", n=len(years), first=years[0], last=years[-1])
        if years
        else say("use_record.no-use")
    )
    entries = (
        say("use_record.entry-range", last=len(uses))
        if uses
        else say("use_record.no-use")
    )
    key = "people-named" if identifiable else "people-coded"
    return fields(
        _label,
        [
            ("volumes", said(volumes, [*years])),
            ("entries", said(entries, len(uses))),
            ("keep-all-until", day(last, mark=mark)),
            ("legal-hold", _held(uses)),
            ("people", said(say(f"use_record.{key}"), identifiable)),
        ],
    )


def _held(uses: Sequence[_Use]) -> Value:
    """How many cases of the book are held, and from which records that is counted."""
    held = {use.subject.id: use.held for use in uses if use.held is not None}
    if not held:
        return said(say("use_record.no-hold"), 0)
    refs = tuple(Ref("legal_hold", one.id, case) for case, one in held.items())
    return said(say("use_record.held", n=len(held)), len(held), refs)


def _rules(protocol: Protocol) -> Section:
    product = protocol.pack.product
    blocks: list[Block] = []
    if product is None:
        blocks.append(Prose(say("cover.no-product")))
    else:
        found = [("product", said(product.name)), ("generic", said(product.generic))]
        blocks += [Fields("product", fields(_label, found)), conditions(protocol)]
    if rules := retention_rules(protocol):
        blocks.append(_retention(protocol, rules))
    else:
        blocks.append(Prose(say("use_record.no-rule")))
    return Section("rules", say("use_record.part-rules"), tuple(blocks))


def _retention(protocol: Protocol, rules: Sequence[Rule]) -> Table:
    """Each rule, with the years it asks for: the longest is the one that counts."""
    unsure = {part.id for part in protocol.unsure()}
    rows = []
    for rule in rules:
        mark = Mark.TO_CONFIRM if f"rule:{rule.id}" in unsure else Mark.NONE
        basis = rule.basis.citation or ", ".join(rule.basis.sources)
        cells = (
            said(rule.name, rule.id),
            said(say(f"print.owner-{rule.owner.value}"), rule.owner.value),
            said(distance(rule.due), None, (), mark),
            said(basis, [*rule.basis.sources]),
        )
        rows.append(Row(rule.id, cells))
    return Table(
        "retention",
        say("use_record.table-retention"),
        columns(
            _label,
            ("rule", 50.0),
            ("kept-by", 26.0),
            ("kept-for", 34.0),
            ("rests-on", 58.0),
        ),
        tuple(rows),
        notes=(say("use_record.note-longest"), say("use_record.note-never-deleted")),
    )


def _holds(dataset: Dataset, *, identifiable: bool) -> Iterator[Section]:
    """The holds on record by their days; of a pseudonymous copy without the reasons."""
    every = [
        (patient.case, hold)
        for patient in dataset.patients
        for hold in patient.case.holds
        if hold.set_on <= dataset.on
    ]
    if not every:
        return
    every.sort(key=lambda one: (one[1].set_on, one[1].id))
    table = Table(
        "holds",
        say("use_record.table-holds"),
        columns(
            _label,
            ("case", 25.0),
            ("held-since", 19.0),
            ("held-why", 52.0),
            ("lifted-on", 20.0),
            ("lifted-why", 52.0),
        ),
        tuple(
            Row(hold.id, _hold(case, hold, identifiable=identifiable))
            for case, hold in every
        ),
        notes=(say("use_record.note-held"),),
    )
    yield Section("holds", say("use_record.part-holds"), (table,))


def _hold(case: Case, hold: LegalHold, *, identifiable: bool) -> tuple[Value, ...]:
    refs = refs_of("legal_hold", [hold.id], case.subject.id)

    def why(text: str) -> Value:
        if identifiable:
            return written(text, refs)
        return said(say("use_record.coded"), None, refs)

    lifted = hold.lifted_on is not None
    return (
        Value(case.subject.id, case.subject.id, refs),
        day(hold.set_on, refs),
        why(hold.why),
        day(hold.lifted_on, refs)
        if lifted
        else said(say("use_record.holds"), "", refs),
        why(hold.lifted_why) if lifted else dash(refs),
    )


def _volumes(
    uses: Sequence[_Use],
    identities: _People,
    mark: Mark,
) -> Iterator[Section]:
    """A section for each year of use, the entries numbered through the whole book."""
    numbered = enumerate(uses, 1)
    for volume, (year, found) in enumerate(
        groupby(numbered, key=lambda one: one[1].on.year), 1
    ):
        entries = tuple(found)
        title = say("use_record.part-volume", number=volume, year=year)
        table = Table(
            f"uses-{year}",
            say("use_record.table-uses", year=year, n=len(entries)),
            columns(_label, *(_CODED if identities is None else _NAMED)),
            tuple(Row(f"{n}", _cells(n, use, identities, mark)) for n, use in entries),
            notes=(
                *(
                    (say("use_record.note-kept"),)
                    if entries[-1][0] == len(uses)
                    else ()
                ),
                _missing(entries, identities),
            ),
            listing=True,
        )
        yield Section(f"volume-{year}", title, (table,))
    if not uses:
        none = Prose(say("use_record.no-use"))
        yield Section("volume-none", say("use_record.part-none"), (none,))


def _cells(n: int, use: _Use, identities: _People, mark: Mark) -> tuple[Value, ...]:
    subject, refs = use.subject, use.refs
    which = (
        number(n),
        day(use.on, refs),
        written(use.lot, refs),
        Value(subject.id, subject.id, refs),
    )
    sex = said(say(f"subject.sex-{subject.sex.value}"), subject.sex.value, refs)
    if identities is None:
        return *which, sex, _until(use, mark)
    identity = identities.get(subject.id)
    who = refs if identity is None else (*refs, Ref("identity", subject.id, subject.id))
    known = identity or Identity(subject.id)
    name = written(f"{known.family} {known.given}".strip(), who)
    address = written(known.address, who)
    return *which, name, sex, _born(known, subject, who), address, _until(use, mark)


def _until(use: _Use, mark: Mark) -> Value:
    """The last day by the rules; while a hold is in force, that it is kept beyond."""
    if use.held is not None:
        refs = (*use.refs, Ref("legal_hold", use.held.id, use.subject.id))
        last = "—" if use.until is None else use.until.isoformat()
        beyond = say("use_record.held-beyond", day=last)
        return Value(beyond, last, refs, strong=True, mark=mark)
    if use.until is None:
        return said(say("use_record.with-registry"), None, use.refs)
    return day(use.until, use.refs, mark)


def _born(identity: Identity, subject: Subject, refs: Refs) -> Value:
    """The birth date; of a case without one its year."""
    if identity.birth_date is not None:
        return day(identity.birth_date, refs)
    if subject.birth_year is None:
        return written("", refs)
    return Value(f"{subject.birth_year}-—-—", subject.birth_year, refs)


def _missing(entries: Sequence[tuple[int, _Use]], identities: _People) -> Message:
    """How many entries lack a lot, a name, a birth date: named, never left out."""
    uses = [use for _, use in entries]
    lacks: list[tuple[str, int]] = [("lot", sum(not use.lot.strip() for use in uses))]
    if identities is not None:
        people = [identities.get(use.subject.id) for use in uses]
        lacks += [
            ("name", sum(not (p and (p.family or p.given).strip()) for p in people)),
            ("address", sum(not (p and p.address.strip()) for p in people)),
            ("born", sum(not (p and p.birth_date) for p in people)),
        ]
    named = joined(
        say("use_record.lack", what=_label(name), n=count) for name, count in lacks
    )
    return say("use_record.note-missing", lacks=named)
