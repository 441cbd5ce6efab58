"""The protocol of this registry: its pack and its settings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from registry_app.domain.errors import InvalidValue, Refused
from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.plan.facts import number
from registry_app.domain.plan.limits import check_values
from registry_app.domain.plan.protocol import Part, Protocol, read_span, write_span
from registry_app.domain.plan.records import (
    THE_PACK,
    PackInUse,
    Setting,
)
from registry_app.domain.rights import Deed
from registry_app.domain.texts import line
from registry_app.services.carrying import carried
from registry_app.services.desk import Desk
from registry_app.services.planning import moves_all
from registry_app.services.rights import needs
from registry_app.storage.touches import Touched
from registry_app.storage.work import Work

_SPANS: Final = ("at", "due", "every")
_DAYS: Final = ("after", "before")
#: What a setting may say, by the kind in its id; others are only confirmed.
_SAYS: Final = {
    "date": ("date",),
    "visit": ("at", "before", "after"),
    "rule": ("preset", "due", "every"),
    "signal": ("threshold",),
    "report": ("form-number",),
}


@needs(Deed.OWN)
def protocol(desk: Desk, as_of: int | None = None) -> Protocol:
    """The pack in use with the settings and the regime; as of then, too."""
    with desk.read(as_of) as reading:
        return desk.planner.plan(reading).protocol


@needs(Deed.OWN)
def pack_in_use(desk: Desk) -> PackInUse:
    """The record of the pack: which version, its checksum."""
    with desk.read() as reading:
        return reading.get(PackInUse, THE_PACK)


@needs(Deed.OWN)
def today_in_japan(desk: Desk) -> date:
    """The day in Japan by the clock of the desk."""
    return day_in_japan(desk.clock())


@needs(Deed.LOOK)
def unsure(desk: Desk) -> tuple[Part, ...]:
    """Everything that nobody has confirmed (要確認), in the order of the pack."""
    return protocol(desk).unsure()


@needs(Deed.PLAN)
def confirm(desk: Desk, setting_id: str, evidence: str) -> Setting:
    """The person at the desk has checked a rule against its text, as it stands.

    Raises Refused without saying by what, InvalidValue for what there is not.
    """
    if not evidence.strip():
        raise Refused("protocol.no-evidence")
    today = today_in_japan(desk)
    with desk.begin(evidence) as work:
        found = _setting(work, desk.planner.plan(work).protocol, setting_id)
        return work.save(_confirmed(desk, found, evidence, today))


@needs(Deed.PLAN)
def set_setting(
    desk: Desk,
    setting_id: str,
    values: Mapping[str, str],
    reason: str,
    evidence: str = "",
) -> Setting:
    """Say otherwise than the pack. With evidence it is confirmed at once.

    Without, a confirmation of what it said before does not hold any more. What had
    begun and ends by it stays, with the reason; raises Refused without one.
    """
    today = today_in_japan(desk)
    why = reason.strip() or evidence.strip()
    with desk.begin(why) as work:
        before = desk.planner.plan(work)
        plan = before.protocol
        found = _setting(work, plan, setting_id)
        said = _checked(plan, setting_id, values)
        if evidence.strip():
            found = _confirmed(desk, found, evidence, today)
        elif said != found.values:
            found = replace(found, confirmed_by="", confirmed_on=None, evidence="")
        if said == found.values:
            return work.save(found)
        if not why:
            raise Refused("trail.reason-needed")
        of_cases = moves_all(plan, Touched("setting", setting_id))
        with carried(work, before, why, today, of_cases=of_cases):
            return work.save(replace(found, values=said))


def _confirmed(desk: Desk, setting: Setting, evidence: str, on: date) -> Setting:
    by = desk.person.display_name
    return replace(setting, confirmed_by=by, confirmed_on=on, evidence=evidence.strip())


def _setting(work: Work, plan: Protocol, setting_id: str) -> Setting:
    if all(part.id != setting_id for part in plan.parts()):
        raise InvalidValue("protocol.no-such-rule", id=setting_id)
    found = work.find(Setting, id=setting_id)
    return found[0] if found else Setting(setting_id)


def _checked(
    plan: Protocol, setting_id: str, values: Mapping[str, str]
) -> dict[str, str]:
    """The values in the form in which they are kept. Raises InvalidValue."""
    kind, _, name = setting_id.partition(":")
    said = {}
    for key, text in sorted(values.items()):
        if key not in _SAYS.get(kind, ()):
            raise InvalidValue("protocol.no-such-value", id=setting_id, value=key)
        if not (text := text.strip()):
            continue
        if key in _SPANS:
            text = write_span(read_span(text))
        elif key in _DAYS and not text.isdecimal():
            raise InvalidValue("protocol.not-days", text=text)
        elif key == "date":
            text = _day(text)
        elif key == "threshold":
            text = _threshold(text)
        elif key == "form-number":
            text = line(text)
        elif key == "preset":
            rule = next(rule for rule in plan.pack.rules if rule.id == name)
            if all(preset.id != text for preset in rule.presets):
                raise InvalidValue("protocol.no-such-value", id=setting_id, value=text)
        said[key] = text
    check_values(plan, setting_id, said)
    return said


def _threshold(text: str) -> str:
    """A number above 0. A signal without a number has none to set."""
    found = number(text)
    if found is None or found <= 0:
        raise InvalidValue("protocol.not-a-threshold", text=text)
    return f"{found}"


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidValue("protocol.not-a-day", text=text) from None
