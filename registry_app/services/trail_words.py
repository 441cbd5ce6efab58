"""What stands in the trail, in words: kinds of record, their items, their values.

One place for every list that shows changes. A field has the words `field-<name>` in
resources/i18n/trail_fields.toml, or words of its kind where they differ; a value is
worded by the type of its field, and stands as it is where that says no more.
"""

import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Final

from registry_app.domain.dates import TOKYO
from registry_app.domain.isncsci.display import item_said
from registry_app.domain.isncsci.segments import DAP, ITEMS, VAC
from registry_app.domain.kept_draft import Fate
from registry_app.domain.policy import SecondFactor
from registry_app.domain.subject import Arm, Cause, Sex
from registry_app.domain.trail import Change, Entry, Plain
from registry_app.domain.visit import Blinding, How, StarReason, Status
from registry_app.storage.kinds import KINDS
from registry_app.words import Words

#: Stands for no value.
NOTHING: Final = "\u2013"
#: The kinds that the trail may name, in their order.
KIND_NAMES: Final = tuple(kind.name for kind in KINDS)
_TYPES: Final[Mapping[str, type]] = {kind.name: kind.type for kind in KINDS}
#: Fields that say something else in one kind than in the others.
_OF_KIND: Final = frozenset(
    {
        *(("access", "what"), ("access", "consent"), ("cut", "on")),
        *(("evaluation", "label"), ("evaluation", "why")),
        *(("event", "label"), ("event", "tests"), ("event", "what")),
        *(("kept_draft", "values"), ("letter", "way"), ("occurrence", "name")),
        *(("pack", "pack"), ("publication", "number"), ("report_text", "kind")),
        *(("report", "kind"), ("setting", "values"), ("signature", "name")),
        *(("signature", "state"), ("transmittal", "way"), ("unblinding", "on")),
        *(("unblinding", "what"), ("unblinding", "why"), ("unblinding", "how")),
    }
)
#: How the values of enumerations are called that do not say it themselves.
_CALLED: Final[Mapping[type, Callable[[str], str]]] = {
    Arm: lambda text: f"subject.arm-{text}",
    Sex: lambda text: f"subject.sex-{text}",
    Cause: lambda text: f"subject.cause-{text}",
    Status: lambda text: f"trail_fields.status-{text}",
    Blinding: lambda text: f"trail_fields.blinding-{text}",
    How: lambda text: f"patient.how-{text}",
    StarReason: lambda text: f"trail_fields.star-{text}",
    Fate: lambda text: f"trail_fields.fate-{text}",
    SecondFactor: lambda text: f"trail_fields.factor-{text}",
}
#: Facts at enrolment are kept as texts; these are values of an enumeration.
_FACTS: Final[Mapping[str, type]] = {"arm": Arm, "sex": Sex, "cause": Cause}


def kind_text(words: Words, kind: str) -> str:
    """A kind of record."""
    return words(f"trail.kind-{kind if kind in _TYPES else 'unknown'}")


def field_text(words: Words, kind: str, field: str) -> str:
    """A field of a kind of record; one that this program does not know as it is."""
    if field not in known_fields(kind):
        return field
    name, of = field.replace("_", "-"), kind.replace("_", "-")
    if (kind, field) in _OF_KIND:
        return words(f"trail_fields.{of}-{name}")
    return words(f"trail_fields.field-{name}")


def item_text(words: Words, kind: str, item: str) -> str:
    """An item of a record, as the trail names it: a field, or one key within."""
    field, _, key = item.partition(".")
    name = field_text(words, kind, field)
    if kind == "form" and key in ITEMS:
        said = _cell_text(words, key)
        return said if field == "values" else f"{said} ({name})"
    return f"{name}: {key}" if key else name


def value_text(words: Words, kind: str, change: Change, value: Plain) -> str:
    """A value of a changed item; a dash for none."""
    if value is None or value == "":
        return NOTHING
    field, _, key = change.item.partition(".")
    if kind == "form" and field == "values" and key in (VAC, DAP):
        return words(f"worksheet.answer-{value}")
    of: Any = _hints(kind).get(field, str) if kind in _TYPES else str
    if key:
        of = typing.get_args(of)[1] if typing.get_origin(of) is not None else str
        if field == "facts":
            of = _FACTS.get(key, of)
    return _said(words, kind, of, value)


def how_text(words: Words, how: str) -> str:
    """Where a score came from; one that says nothing was examined."""
    return _enum_said(words, How, how or How.EXAMINED.value)


def entry_text(words: Words, entry: Entry) -> str:
    """The one change of an entry, or how many there are."""
    if len(entry.changes) != 1:
        key = "trail_page.created" if entry.version == 1 else "trail_page.changed"
        return words(key, count=len(entry.changes))
    (change,) = entry.changes
    return words(
        "trail_page.change",
        what=item_text(words, entry.kind, change.item),
        old=value_text(words, entry.kind, change, change.old),
        new=value_text(words, entry.kind, change, change.new),
    )


def time_text(at: datetime) -> str:
    """A time in Japan, to the second, with its offset from UTC."""
    return f"{at.astimezone(TOKYO):%Y-%m-%d %H:%M:%S} +09:00"


def known_fields(kind: str) -> tuple[str, ...]:
    """The fields of a kind of record, those of what stands within them last."""
    return _known(kind) if kind in _TYPES else ()


@cache
def _known(kind: str) -> tuple[str, ...]:
    found = [name for name in _hints(kind) if name not in ("id", "version")]
    for hint in tuple(_hints(kind).values()):
        for inner in typing.get_args(hint):
            if is_dataclass(inner):
                found += [one.name for one in fields(inner)]
    return tuple(dict.fromkeys(found))


@cache
def _hints(kind: str) -> Mapping[str, Any]:
    return typing.get_type_hints(_TYPES[kind])


def _cell_text(words: Words, item: str) -> str:
    if item in (VAC, DAP):
        return words(f"worksheet.{item.lower()}-long")
    return words.say(item_said(item))


def _said(words: Words, kind: str, of: Any, value: Plain) -> str:
    """A value by the type of its field."""
    for one in (of, *typing.get_args(of)):
        if isinstance(one, type) and issubclass(one, Enum):
            return _enum_said(words, one, value)
        if is_dataclass(one) and isinstance(value, dict):
            return _parts(words, kind, typing.get_type_hints(one), value)
        if one is datetime:
            return time_text(datetime.fromisoformat(str(value)))
        if one is date:
            return str(value)
    if isinstance(value, bool):
        return words("patient.yes" if value else "patient.no")
    return str(value)


def _enum_said(words: Words, of: type[Enum], value: Plain) -> str:
    try:
        one = of(value)
    except ValueError:  # of another version of the program
        return str(value)
    if of in _CALLED:
        return words(_CALLED[of](str(one.value).replace(" ", "-")))
    told: Any = one
    return words.say(told.told)


def _parts(
    words: Words, kind: str, hints: Mapping[str, Any], value: Mapping[str, Plain]
) -> str:
    """What stands within one item, each part with its name."""
    said = []
    for name, inner in value.items():
        if inner not in (None, ""):
            text = _said(words, kind, hints.get(name, str), inner)
            said.append(f"{field_text(words, kind, name)}: {text}")
    return " \u00b7 ".join(said) or NOTHING
