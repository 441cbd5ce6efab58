"""Columns that are computed from a record when it is saved: for lists and for finding.

They are no part of the record's value and stand in no trail entry: they can be computed
again at any time.
"""

from typing import Any, Final

from registry_app.domain.isncsci.segments import ORDER
from registry_app.domain.names import search_key
from registry_app.domain.subject import Identity, Subject
from registry_app.domain.visit import ISNCSCI, Form

#: Raised with every change of what a classification says. Kept in each trail entry, and
#: beside the columns below: with a new one comes a revision that computes them again.
ENGINE: Final = "isncsci-1"
#: Between the parts of a search column: nobody types it.
_BETWEEN: Final = "\n"


def of_subject(subject: Subject) -> dict[str, Any]:
    """By what a case is found without its name."""
    return {"search": _searched(subject.id, subject.source_code)}


def of_identity(identity: Identity) -> dict[str, Any]:
    """By what a person is found, and what orders a list by reading."""
    kana = identity.family_kana + identity.given_kana
    return {
        "kana_key": search_key(kana),
        "number_key": search_key(identity.hospital_number),
        "search": _searched(
            identity.family + identity.given, kana, identity.hospital_number
        ),
    }


def of_form(form: Form) -> dict[str, Any]:
    """What a list shows of the classification of an ISNCSCI form."""
    if form.instrument != ISNCSCI:
        return {"ais": "", "nli": "", "nli_order": None, "engine": ""}
    # Not at start: a window that shows the sign-in has no need of it.
    from registry_app.domain.isncsci.classify import classify

    found = classify(form.exam)
    ais, nli = found["ais"].values, found["nli"].values
    if ais == ("E",) and form.prior_deficit is False:
        ais = ()  # E presumes a deficit documented before (RULES.md 1.6, 4.16)
    return {
        "ais": ",".join(ais),
        "nli": ",".join(nli),
        "nli_order": min((ORDER[level] for level in nli), default=None),
        "engine": ENGINE,
    }


def _searched(*parts: str) -> str:
    return _BETWEEN.join(key for part in parts if (key := search_key(part)))
