"""R9, the use record of a designated product, kept as a book for twenty years.

PMD Act Art. 68-7: the physician writes it, the manager of the hospital keeps it and
gives it to the holder when needed (REGULATION.md section 6). It names people by its
nature. The registry keeps no address: that place says where to look, and is not left
out. A volume is a year of use; that is a convention of this program.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from registry_app.domain.figures.cells import (
    Refs,
    columns,
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
from registry_app.domain.message import Message, say
from registry_app.domain.plan.calendar import add_span
from registry_app.domain.plan.citation import distance
from registry_app.domain.plan.pack import Rule, RuleKind
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.report import Kind
from registry_app.domain.subject import Identity, Subject


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of the product; `lot` and `kit` "": no kit of it is on record."""

    subject: Subject
    on: date
    lot: str
    refs: Refs


def use_record(
    dataset: Dataset,
    identities: Mapping[str, Identity],
    cover: Sequence[FieldRow],
) -> Document:
    """The book. `identities`: by case ID; none: case IDs stand in place of names."""
    uses = _uses(dataset)
    rule = _rule(dataset.protocol)
    mark = _mark(dataset.protocol, rule)
    keep = [_keep(use, rule) for use in uses]
    last = max((one for one in keep if one is not None), default=None)
    return Document(
        title=shown(cover, "type"),
        front=Front.PAGE,
        addressee=shown(cover, "addressee"),
        owner=shown(cover, "owner"),
        cover=(*cover, *_cover(uses, last, mark, identifiable=bool(identities))),
        sections=(
            _rules(dataset.protocol, rule, mark),
            *_volumes(uses, identities, rule, mark),
        ),
        notices=(
            say("use_record.notice-keeper"),
            say("use_record.notice-personal")
            if identities
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
        given = [kit for kit in patient.case.kits if kit.given_on is not None]
        for kit in given:
            assert kit.given_on is not None
            refs = (*refs_of("kit", [kit.id], subject.id), ref)
            found.append(_Use(subject, kit.given_on, kit.lot, refs))
        if not given and subject.treatment_date is not None:
            found.append(_Use(subject, subject.treatment_date, "", (ref,)))
    held = (use for use in found if use.on <= dataset.on)
    return tuple(sorted(held, key=lambda use: (use.on, use.subject.id)))


def _rule(protocol: Protocol) -> Rule | None:
    """The rule by which the book is kept: the one that the pack names for it."""
    letters = Kind.USE_RECORD.letters
    named = {kind.rule for kind in protocol.pack.reports if kind.id == letters}
    rules = (rule for rule in protocol.rules() if rule.kind is RuleKind.RETENTION)
    return next((rule for rule in rules if rule.id in named), None)


def _mark(protocol: Protocol, rule: Rule | None) -> Mark:
    unsure = {part.id for part in protocol.unsure()}
    open_ = rule is not None and f"rule:{rule.id}" in unsure
    return Mark.TO_CONFIRM if open_ else Mark.NONE


def _keep(use: _Use, rule: Rule | None) -> date | None:
    return None if rule is None else add_span(use.on, rule.due)


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
            ("legal-hold", said(say("use_record.no-hold"))),
            ("people", said(say(f"use_record.{key}"), identifiable)),
        ],
    )


def _rules(protocol: Protocol, rule: Rule | None, mark: Mark) -> Section:
    product = protocol.pack.product
    blocks: list[Block] = []
    if product is None:
        blocks.append(Prose(say("cover.no-product")))
    else:
        found = [("product", said(product.name)), ("generic", said(product.generic))]
        if rule is not None:
            basis = rule.basis.citation or ", ".join(rule.basis.sources)
            found += [
                ("kept-for", said(distance(rule.due), None, (), mark)),
                ("rests-on", said(basis, [*rule.basis.sources], (), mark)),
                ("kept-by", said(say(f"print.owner-{rule.owner.value}"))),
            ]
        else:
            found.append(("kept-for", said(say("use_record.no-rule"))))
        blocks += [Fields("product", fields(_label, found)), conditions(protocol)]
    return Section("rules", say("use_record.part-rules"), tuple(blocks))


def _volumes(
    uses: Sequence[_Use],
    identities: Mapping[str, Identity],
    rule: Rule | None,
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
            columns(
                _label,
                ("entry", 8.0),
                ("used-on", 17.0),
                ("lot", 18.0),
                ("case", 24.0),
                ("name", 26.0),
                ("sex", 9.0),
                ("born", 17.0),
                ("address", 16.0),
                ("keep-until", 33.0),
            ),
            tuple(
                _row(n, use, identities.get(use.subject.id), rule, mark)
                for n, use in entries
            ),
            notes=(
                say("use_record.note-address"),
                say("use_record.note-kept"),
                _missing(entries, identities),
            ),
            listing=True,
        )
        yield Section(f"volume-{year}", title, (table,), new_page=True)
    if not uses:
        none = Prose(say("use_record.no-use"))
        yield Section("volume-none", say("use_record.part-none"), (none,))


def _row(
    n: int, use: _Use, identity: Identity | None, rule: Rule | None, mark: Mark
) -> Row:
    subject = use.subject
    keep = _keep(use, rule)
    refs = use.refs
    who = refs if identity is None else (*refs, Ref("identity", subject.id, subject.id))
    return Row(
        f"{n}",
        (
            number(n),
            day(use.on, refs),
            written(use.lot, refs),
            Value(subject.id, subject.id, refs),
            _name(identity, who),
            said(say(f"subject.sex-{subject.sex.value}"), subject.sex.value, refs),
            _born(identity, subject, who),
            said(say("use_record.elsewhere")),
            Value("—") if keep is None else day(keep, refs, mark),
        ),
    )


def _name(identity: Identity | None, refs: Refs) -> Value:
    if identity is None:
        return said(say("use_record.coded"), None, refs)
    return written(f"{identity.family} {identity.given}".strip(), refs)


def _born(identity: Identity | None, subject: Subject, refs: Refs) -> Value:
    """The birth date in the book itself; a year would not be coarse enough without."""
    if identity is None:
        return said(say("use_record.coded"), None, refs)
    if identity.birth_date is not None:
        return day(identity.birth_date, refs)
    if subject.birth_year is None:
        return written("", refs)
    return Value(f"{subject.birth_year}-—-—", subject.birth_year, refs)


def _missing(
    entries: Sequence[tuple[int, _Use]], identities: Mapping[str, Identity]
) -> Message:
    """How many entries lack a lot, a name, a birth date: named, never left out."""
    uses = [use for _, use in entries]
    people = [identities.get(use.subject.id) for use in uses]
    lacks: list[tuple[str, int]] = [("lot", sum(not use.lot.strip() for use in uses))]
    if identities:
        lacks += [
            ("name", sum(not (p and (p.family or p.given).strip()) for p in people)),
            ("born", sum(not (p and p.birth_date) for p in people)),
        ]
    named = joined(
        say("use_record.lack", what=_label(name), n=count) for name, count in lacks
    )
    return say("use_record.note-missing", lacks=named)
