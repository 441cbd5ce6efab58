"""Figures as plain data: what `report --json` prints, and what a digest is taken of."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from registry_app.domain.message import Message


def plain(value: object) -> object:
    """A value in what JSON knows: values by their fields, days as ISO 8601.

    >>> plain((date(2026, 1, 5), None))
    ['2026-01-05', None]
    """
    if isinstance(value, Message):
        return {"key": value.key, **{k: plain(v) for k, v in value.params.items()}}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value}"
    if isinstance(value, Mapping):
        return {f"{plain(k)}": plain(v) for k, v in value.items()}
    if names := getattr(value, "_fields", ()):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return value
