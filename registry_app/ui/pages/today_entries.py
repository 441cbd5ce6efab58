"""The rows of the work list, from what a service says of today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from registry_app.domain.message import Told
from registry_app.domain.plan.duty import Standing
from registry_app.domain.signature import Signable
from registry_app.domain.visit import ISNCSCI
from registry_app.ui.duty_words import (
    SHAPES,
    day_said,
    days_ink,
    days_said,
    owner_said,
    standing_said,
    whom_said,
)
from registry_app.ui.pages.today_list import Entry, Heading
from registry_app.ui.record_words import time_said
from registry_app.words import Words

if TYPE_CHECKING:
    from registry_app.services.due import DraftRow, Group, Today, TodayRow
    from registry_app.services.record_signing import Unsigned
    from registry_app.services.safety import CaseLine


def need_a_person(today: Today) -> int:
    """How many things wait, the finished ones left out."""
    return today.late.total + today.closing.total + today.waiting.total


def status_of(today: Today) -> str:
    """The shape of the most urgent duty; "" where nothing is late or due soon."""
    if today.late.total:
        return "overdue"
    soon = (row.duty.standing(today.on) is Standing.RED for row in today.closing.rows)
    return "due" if any(soon) else ""


def entries(
    words: Words, today: Today, forms: Mapping[str, Told]
) -> Iterator[Heading | Entry]:
    """Late, open, drafts, done: a heading and its rows; empty groups are left out.

    `forms`: the names of the pack's instruments.
    """
    yield from _group(words, "late", today.late, today.on)
    yield from _group(words, "closing", today.closing, today.on)
    if today.waiting.total:
        yield Heading(words("today.waiting"), today.waiting.total)
        yield from (_draft(words, row, forms) for row in today.waiting.rows)
    yield from _group(words, "done", today.done_this_week, today.on)


def safety_entries(
    words: Words, drafts: Sequence[CaseLine], kana: Mapping[str, str]
) -> Iterator[Heading | Entry]:
    """The drafts of safety cases, which somebody must judge; `kana`: by case ID."""
    if drafts:
        yield Heading(words("safety_page.today"), len(drafts))
    for draft in drafts:
        case = draft.case
        who = case.subject_id
        if kana.get(who):
            who = words("ledger_page.whom", id=who, kana=kana[who])
        since = draft.waits_since
        yield Entry(
            "due",
            words.typed(case.title),
            words("safety_page.today-who", case=case.id, who=who),
            words("safety_page.judge"),
            f"safety|{case.id}",
            left=words("safety_page.today-since", day=since) if since else "",
            ink="due",
            state=words.say(case.state.told),
        )


#: What the ledger shows for a group that is too long for the list.
_STATES = {"late": "late", "closing": "now", "done": "done"}


def unsigned_entries(
    words: Words,
    found: Sequence[Unsigned],
    total: int,
    kana: Mapping[str, str],
    forms: Mapping[str, Told],
) -> Iterator[Heading | Entry]:
    """Records whose signature is void, the latest change first; `kana`: by case ID."""
    if total:
        yield Heading(words("signing.today"), total)
    for one in found:
        who = one.subject_id or one.of_id
        if kana.get(who):
            who = words("ledger_page.whom", id=who, kana=kana[who])
        name = forms.get(one.instrument, one.instrument) or one.of.told
        told = {"when": time_said(one.change.at), "by": one.change.actor}
        yield Entry(
            "overdue",
            words("signing.today-what", name=name),
            words("signing.today-who", who=who, **told),
            words("signing.today-open"),
            _opens(one),
            day=one.day.isoformat() if one.day else "",
            state=words("signing.state-void"),
        )


def _opens(one: Unsigned) -> str:
    """Where it is signed again."""
    if one.of is Signable.SAFETY_CASE:
        return f"safety|{one.of_id}"
    if one.of is Signable.FORM and one.instrument == ISNCSCI:
        return f"form|{one.of_id}"
    return f"subject|{one.subject_id}"


def _group(
    words: Words, name: str, group: Group, on: date
) -> Iterator[Heading | Entry]:
    if group.total:
        yield Heading(words(f"today.{name}"), group.total)
        together = _together(group.rows) if name == "late" else {}
        for row in group.rows:
            same = together.get(row.duty.key, (row,))
            if len(same) > 1:
                yield _series(words, same, on)
            elif same:
                yield _duty(words, row, on)
        yield from _rest(words, group.total - len(group.rows), _STATES[name])


def _together(rows: Sequence[TodayRow]) -> dict[str, Sequence[TodayRow]]:
    """Late periods of one rule of the product are one row, in place of the oldest.

    By the key of each row: those that it stands for; none for one that stands for none.
    """
    by_rule: dict[str, list[TodayRow]] = {}
    for row in rows:
        if not row.duty.subject_id and row.duty.period is not None:
            by_rule.setdefault(row.duty.rule, []).append(row)
    found: dict[str, Sequence[TodayRow]] = {}
    for same in by_rule.values():
        found |= {row.duty.key: () for row in same}
        found[same[0].duty.key] = same
    return found


def _series(words: Words, rows: Sequence[TodayRow], on: date) -> Entry:
    """One row for late periods: it opens them in the ledger."""
    first = _duty(words, rows[0], on)
    oldest = day_said(rows[0].duty.due)
    return replace(
        first,
        who=words("today.same", count=len(rows), first=oldest),
        act=words("today.list"),
        to=f"rule|{rows[0].duty.rule}",
    )


def _rest(words: Words, count: int, state: str) -> Iterator[Entry]:
    """A row for those that are not named: it opens them in the ledger."""
    if count > 0:
        where = words("today.more-where")
        said = words("today.more", count=f"{count:,}")
        yield Entry("open", said, where, words("today.all"), f"all|{state}")


def _duty(words: Words, row: TodayRow, on: date) -> Entry:
    duty = row.duty
    standing = duty.standing(on)
    visit = duty.key.startswith("visit:")
    act, to = "today.open-duty", f"duty|{duty.key}"
    if visit:
        act, to = "today.go-patient", f"subject|{duty.subject_id}"
    if duty.done is not None:
        act = "today.view"
        to = f"form|{duty.form_id}" if duty.form_id else to
    return Entry(
        SHAPES[standing],
        words.say(duty.name),
        whom_said(words, duty, row.kana),
        words(act),
        to,
        day=day_said(duty.done or duty.last_day),
        left=days_said(words, duty, on),
        ink=days_ink(duty, on),
        owner=owner_said(words, duty.owner),
        unsure=words("ledger_page.to-confirm") if duty.to_confirm else "",
        state=standing_said(words, standing),
    )


def _draft(words: Words, row: DraftRow, forms: Mapping[str, Told]) -> Entry:
    draft = row.draft
    who = draft.subject_id
    if row.kana:
        who = words("ledger_page.whom", id=draft.subject_id, kana=row.kana)
    sheet = draft.instrument == ISNCSCI
    name = forms.get(draft.instrument, draft.instrument)
    return Entry(
        "open",
        words("today.draft", form=name),
        words("today.draft-of", id=who, day=draft.day.isoformat()),
        words("today.continue"),
        f"form|{draft.form_id}" if sheet else f"subject|{draft.subject_id}",
    )
