"""The access log in words."""

from __future__ import annotations

from registry_app.domain.access import PLACES, Access, Act
from registry_app.domain.dates import TOKYO
from registry_app.domain.handover import Basis, Consenting
from registry_app.domain.report import Kind
from registry_app.ui.rows_model import Column
from registry_app.words import Words


def what_said(words: Words, one: Access) -> str:
    """What was opened, in words; of the other acts the words or number that is kept.

    Of a place that another version of the program had: its name.
    """
    if one.act is not Act.OPENED or one.place not in PLACES:
        return one.what
    record = one.record
    if one.place == "paper" and record in set(Kind):
        record = Kind(record).letters
    return words(f"access.at-{one.place}", record=record)


def more_said(words: Words, one: Access) -> str:
    """How many were found; of an export what was said of it."""
    if one.act is Act.SEARCHED:
        return words("access.found", count=one.count)
    if one.act is not Act.EXPORTED:
        return ""
    none = words("access.not-stated")
    told = [basis for basis in Basis if basis.value == one.basis]
    consents = Consenting.read(one.consent)
    return words(
        "access.more-exported",
        purpose=one.purpose or none,
        basis=words.say(told[0].told) if told else none,
        recipient=one.recipient or none,
        fields=one.fields,
        count=one.count,
        consent=words.say(consents.told) if consents else "",
    )


def access_columns(words: Words, *, of_one: bool = False) -> list[Column]:
    """The columns of the log; `of_one`: of one patient, who need not be named."""
    columns = [
        Column(
            words("access.col-at"),
            lambda one: one.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S"),
            164,
            "strong",
        ),
        Column(words("access.col-person"), lambda one: one.person, 140),
        Column(words("access.col-act"), lambda one: words.say(one.act.told), 110),
        Column(words("access.col-what"), lambda one: what_said(words, one), 300),
        Column(words("access.col-subject"), lambda one: one.subject_id, 130),
        Column(words("access.col-more"), lambda one: more_said(words, one), 0, "quiet"),
    ]
    return [c for c in columns if not of_one or c.title != words("access.col-subject")]
