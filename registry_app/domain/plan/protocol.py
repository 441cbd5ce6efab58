"""The pack as this registry follows it: with its own settings and its regime."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.message import Told
from registry_app.domain.plan.duty import Confirmed
from registry_app.domain.plan.pack import (
    Anchor,
    Basis,
    Confidence,
    Pack,
    PlannedVisit,
    Rule,
    Signal,
    Span,
)
from registry_app.domain.plan.records import RegimeEntry, Setting

#: The source of what this program has agreed on with itself: it has no official form.
_CONVENTION: Final = "convention"
_DURATION: Final = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


def read_span(text: str) -> Span:
    """A distance as it is written: ``P15D``, ``P12M``, ``P7Y``, ``-P24M``.

    Raises InvalidValue for anything else.

    >>> read_span("P7Y")
    Span(months=84, days=0)
    """
    found = _DURATION.fullmatch(text.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise InvalidValue("plan.not-a-span", text=text)
    sign = -1 if found[1] else 1
    years, months, days = (int(part or 0) for part in found.groups()[1:])
    return Span(sign * (12 * years + months), sign * days)


def write_span(span: Span) -> str:
    """A distance as it is stored; the inverse of `read_span`.

    >>> write_span(Span(months=84))
    'P84M'
    """
    sign = "-" if span.months < 0 or span.days < 0 else ""
    months = f"{abs(span.months)}M" if span.months else ""
    days = f"{abs(span.days)}D" if span.days or not span.months else ""
    return f"{sign}P{months}{days}"


@dataclass(frozen=True, slots=True)
class Part:
    """What a setting is about: a rule, a visit, a base date; `id` is the setting's."""

    id: str
    name: Told
    basis: Basis


@dataclass(frozen=True)
class Protocol:
    """A pack with the settings and the regime of one registry; rules come in effect.

    `regime`: in order of day and id.
    """

    pack: Pack
    settings: Mapping[str, Setting] = field(default_factory=dict)
    regime: tuple[RegimeEntry, ...] = ()

    def anchor(self, anchor_id: str) -> Anchor:
        """An anchor; a pack that was checked has each one that it names."""
        return self.anchors[anchor_id]

    @cached_property
    def anchors(self) -> Mapping[str, Anchor]:
        """Every anchor by its id."""
        return {anchor.id: anchor for anchor in self.pack.anchors}

    def visits(self) -> tuple[PlannedVisit, ...]:
        """The visits, as set here: days before and after may differ from the pack."""
        return self._visits

    @cached_property
    def _visits(self) -> tuple[PlannedVisit, ...]:
        """Asked for by every case."""
        return tuple(self._visit(visit) for visit in self.pack.visits)

    def rules(self) -> tuple[Rule, ...]:
        """The obligations, as set here."""
        return tuple(self._rule(rule) for rule in self.pack.rules)

    def signals(self) -> tuple[Signal, ...]:
        """The safety signals, with the thresholds that are set here."""
        return tuple(self._signal(signal) for signal in self.pack.signals)

    @property
    def watched(self) -> Pack:
        """The pack with those signals: what forms are looked at with."""
        return replace(self.pack, signals=self.signals())

    def form_number(self, report: str) -> str:
        """The number of the official form of a report, once somebody has seen it.

        "" until then: nobody may print a number that no person has confirmed.
        """
        setting = self.settings.get(f"report:{report}")
        if setting is None or not setting.confirmed_by:
            return ""
        return setting.values.get("form-number", "")

    def base_date(self, base_id: str) -> date | None:
        """A date that duties are counted from; None until it is set."""
        setting = self.settings.get(f"date:{base_id}")
        if setting is not None and (day := setting.values.get("date")):
            return date.fromisoformat(day)
        found = next((b for b in self.pack.base_dates if b.id == base_id), None)
        return None if found is None else found.value

    def confirmed(self, setting_id: str) -> Confirmed | None:
        """Who has confirmed a rule here."""
        setting = self.settings.get(setting_id)
        if setting is None or not setting.confirmed_by or setting.confirmed_on is None:
            return None
        return Confirmed(setting.confirmed_by, setting.confirmed_on, setting.evidence)

    def parts(self) -> tuple[Part, ...]:
        """Everything that can be confirmed here, in the order of the pack."""
        pack = self.pack
        conditions = () if pack.product is None else pack.product.conditions
        named: list[tuple[str, Told, Basis]] = [
            *((f"condition:{c.id}", c.text, c.basis) for c in conditions),
            *((f"date:{b.id}", b.name, b.basis) for b in pack.base_dates),
            *((f"visit:{v.id}", v.name, v.basis) for v in pack.visits),
            *((f"criterion:{c.id}", c.name, c.basis) for c in pack.criteria),
            *((f"rule:{r.id}", r.name, r.basis) for r in pack.rules),
            *((f"event:{e.id}", e.name, e.basis) for e in pack.events),
            *((f"booklet:{b.id}", b.name, b.basis) for b in pack.booklets),
            *((f"signal:{s.id}", s.name, s.basis) for s in self.signals()),
            *(
                (f"report:{r.id}", r.name, r.basis)
                for r in pack.reports
                if _CONVENTION not in r.basis.sources
            ),
            *((f"special:{s.id}", s.name, s.basis) for s in pack.specials),
            *((f"form:{f.id}", f.name, f.basis) for f in pack.forms),
        ]
        return tuple(Part(*one) for one in named)

    def unsure(self) -> tuple[Part, ...]:
        """Everything that shows 要確認, in the order of the pack."""
        return tuple(
            part
            for part in self.parts()
            if part.basis.confidence is Confidence.UNCONFIRMED
            and self.confirmed(part.id) is None
        )

    def _visit(self, visit: PlannedVisit) -> PlannedVisit:
        setting = self.settings.get(f"visit:{visit.id}")
        if setting is None:
            return visit
        values = setting.values
        return replace(
            visit,
            at=read_span(values["at"]) if "at" in values else visit.at,
            before=int(values.get("before", visit.before)),
            after=int(values.get("after", visit.after)),
        )

    def _signal(self, signal: Signal) -> Signal:
        setting = self.settings.get(f"signal:{signal.id}")
        held = signal.threshold
        if setting is None or held is None or "threshold" not in setting.values:
            return signal
        name, packed = held
        here = Decimal(setting.values["threshold"])
        # The pack's name tells the pack's number.
        told, moved = signal.name, f"({packed} → {here})"
        signal = replace(signal, name=Told(f"{told.ja} {moved}", f"{told.en} {moved}"))
        if name == "below":
            return replace(signal, below=here)
        if name == "falls_by":
            return replace(signal, falls_by=here)
        return replace(signal, within_hours=int(here))

    def _rule(self, rule: Rule) -> Rule:
        setting = self.settings.get(f"rule:{rule.id}")
        if setting is None:
            return rule
        values = setting.values
        chosen = next((p for p in rule.presets if p.id == values.get("preset")), None)
        if chosen is not None:
            rule = replace(
                rule,
                every=chosen.every,
                due=chosen.due,
                later=chosen.later,
                later_from=chosen.later_from,
            )
        if "every" in values:
            rule = replace(rule, every=read_span(values["every"]))
        if "due" in values:
            rule = replace(rule, due=read_span(values["due"]))
        return rule
