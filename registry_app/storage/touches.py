"""Whose plan a saved record changes: a subject's, that of a visit, or everybody's.

A draft changes nobody's, so that saving one costs nothing more.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from registry_app.domain.visit import Status

Values: TypeAlias = Mapping[str, Any]


class Touched(NamedTuple):
    """`what` is subject, visit, form, setting, regime or pack; `id` says which one.

    A form that is completed moves no plan by itself: signals are looked for in it.
    """

    what: str
    id: str


#: From the record's `id` and its plain values before and after.
Touches: TypeAlias = Callable[[str, Values, Values], Iterator[Touched]]


def nobody(_: str, __: Values, ___: Values) -> Iterator[Touched]:
    """No plan rests on it."""
    return iter(())


def itself(record_id: str, _: Values, __: Values) -> Iterator[Touched]:
    """A record that has the case ID as its own."""
    yield Touched("subject", record_id)


def its_subject(_: str, before: Values, after: Values) -> Iterator[Touched]:
    """The subject it is about, and the one it was about."""
    for said in (before, after):
        if subject := said.get("subject_id"):
            yield Touched("subject", subject)


def moved(record_id: str, before: Values, after: Values) -> Iterator[Touched]:
    """A visit that was there before; a new one has no completed form yet."""
    if before:
        yield from its_subject(record_id, before, after)


def completed(record_id: str, before: Values, after: Values) -> Iterator[Touched]:
    """A form that is completed, and its visit."""
    if after.get("status") == Status.COMPLETE:
        yield Touched("form", record_id)
        yield Touched("visit", after["visit_id"])
        if before and before["visit_id"] != after["visit_id"]:
            yield Touched("visit", before["visit_id"])


def setting(record_id: str, before: Values, after: Values) -> Iterator[Touched]:
    """A setting whose values changed; to confirm one moves no date."""
    if before.get("values") != after.get("values"):
        yield Touched("setting", record_id)


def regime(_: str, __: Values, ___: Values) -> Iterator[Touched]:
    """The regime of the registry."""
    yield Touched("regime", "")


def pack(_: str, __: Values, ___: Values) -> Iterator[Touched]:
    """The pack of the registry."""
    yield Touched("pack", "")


#: What moves the plan of everybody.
OF_ALL: Final = frozenset({"setting", "regime", "pack"})
