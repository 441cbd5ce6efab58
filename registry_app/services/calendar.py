"""The due dates of a registry as a calendar file: case IDs, never a name."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Final

from registry_app.domain.handover import Outgoing
from registry_app.domain.plan.duty import Duty, Standing
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.obligations import ledger_on
from registry_app.services.protocol import today_in_japan
from registry_app.services.rights import needs
from registry_app.words import Language, Words

#: What begins within so many days is in the file.
_AHEAD: Final = timedelta(days=366)
#: What an entry of the file tells.
_FIELDS: Final = ("case", "duty", "owner", "opens", "last-day", "due", "rule")
_SETTLED: Final = (Standing.DONE, Standing.NOT_APPLICABLE)


@needs(Deed.LOOK)
def calendar(desk: Desk, language: Language) -> tuple[bytes, Outgoing]:
    """What is not done yet, each on the last day on which it can be.

    The file, and of whom it tells.
    """
    from registry_app.exchange.calendar_file import DueDay, calendar_file

    words, today = Words(language), today_in_japan(desk)
    duties = [
        (duty, day)
        for duty in ledger_on(desk, today, today + _AHEAD)
        if duty.standing(today) not in _SETTLED and (day := duty.last_day) is not None
    ]
    days = [
        DueDay(
            uid=f"{duty.key}@{desk.registry.id}",
            day=day,
            summary=_summary(duty, words),
            description="\n".join(_description(duty, words)),
            owner=words(f"print.owner-{duty.owner.value}"),
        )
        for duty, day in duties
    ]
    days.sort(key=lambda each: (each.day, each.uid))
    name = words("print.calendar-name", site=desk.registry.site)
    of = {duty.subject_id for duty, _ in duties} - {""}
    made = calendar_file(name, days, desk.clock().astimezone(UTC), "registry-app")
    return made, Outgoing("ics", tuple(sorted(of)), _FIELDS, export=True)


def _summary(duty: Duty, words: Words) -> str:
    """For whom, what, and 要確認 where nobody has confirmed the rule."""
    name = words.say(duty.name)
    mark = words("print.to-confirm") if duty.to_confirm else ""
    return " ".join(filter(None, (duty.subject_id, name, mark)))


def _description(duty: Duty, words: Words) -> Iterator[str]:
    yield words("print.calendar-owner", owner=words(f"print.owner-{duty.owner.value}"))
    if duty.opens < (duty.last_day or date.max):
        yield words("print.calendar-days", first=duty.opens, last=duty.last_day)
    if duty.alarm is not None and duty.due is not None and duty.alarm != duty.due:
        yield words("print.calendar-due", due=duty.due)
    if not duty.legal:
        yield words("print.not-legal")
    if duty.if_any:
        yield words("print.calendar-if-any")
    basis = duty.basis
    source = words.say(basis.citation) if basis.citation else ", ".join(basis.sources)
    yield words("print.calendar-rule", rule=duty.rule, source=source)
    if duty.warning is not None:
        yield words.say(duty.warning)
