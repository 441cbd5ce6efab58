"""A registry as raw records: what an analyst gets who has nothing else of the program.

Only what people entered, and the classification of each ISNCSCI sheet. Everything has
been through JSON, so that nothing of the program comes along.
"""

import json
from datetime import date
from enum import Enum

from registry_app.domain.consent import Consent
from registry_app.domain.course import Course, Deviation, FollowUp, Indication
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.kit import Kit
from registry_app.domain.safety import Event, SafetyCase
from registry_app.domain.subject import Subject
from registry_app.domain.visit import Form, Status, Visit

_MOTOR = ("uems", "lems")
_SUMS = (*_MOTOR, "lt", "pp")


def raw_export(desk):
    """Lists of records by kind, in values that JSON knows."""
    with desk.read() as reading:
        found = {
            "subjects": [_plain(one) for one in reading.find(Subject)],
            "courses": [_plain(one) for one in reading.find(Course)],
            "visits": [_plain(one) for one in reading.find(Visit)],
            "forms": [_form(one) for one in reading.find(Form)],
            "kits": [_plain(one) for one in reading.find(Kit)],
            "consents": [_plain(one) for one in reading.find(Consent)],
            "ends": [_plain(one) for one in reading.find(FollowUp)],
            "indications": [_plain(one) for one in reading.find(Indication)],
            "deviations": [_plain(one) for one in reading.find(Deviation)],
            "cases": [_plain(one) for one in reading.find(SafetyCase)],
            "events": [_plain(one) for one in reading.find(Event)],
        }
    return json.loads(json.dumps(found))


def _plain(value):
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in type(value).__slots__}
    if hasattr(value, "items"):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def _form(form):
    found = {
        **{name: getattr(form, name) for name in ("id", "visit_id", "instrument")},
        "date": form.date.isoformat(),
        "complete": form.status is not Status.DRAFT,
        "blinding": form.blinding.value,
        "rates": form.rates,
        "values": dict(form.values),
    }
    if form.instrument == "isncsci":
        result = classify(form.exam)
        found["ais"] = list(result["ais"].values)
        found["nli"] = list(result["nli"].values)
        sums = {name: list(result.totals[name]) for name in _SUMS}
        both = zip(*(sums[name] for name in _MOTOR), strict=True)
        found["sums"] = {**sums, "motor": [sum(pair) for pair in both]}
    return found
