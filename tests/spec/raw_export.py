"""A registry as raw records: what an analyst gets who has nothing else of the program.

Only what people entered, and the classification of each ISNCSCI sheet. Everything has
been through JSON, so that nothing of the program comes along.
"""

import json
import tomllib
from datetime import date
from enum import Enum

from registry_app.domain.blinding import Unblinding
from registry_app.domain.consent import Consent
from registry_app.domain.course import Course, Deviation, FollowUp, Indication
from registry_app.domain.evaluation import Evaluation
from registry_app.domain.isncsci.classify import classify
from registry_app.domain.kit import Kit
from registry_app.domain.person import Person
from registry_app.domain.plan.records import Occurrence, Setting, Settled
from registry_app.domain.publication import Publication
from registry_app.domain.safety import Event, SafetyCase
from registry_app.domain.subject import Subject
from registry_app.domain.visit import Form, Status, Visit
from registry_app.paths import ROOT

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
            "publications": [_plain(one) for one in reading.find(Publication)],
            "evaluations": [_plain(one) for one in reading.find(Evaluation)],
            "settings": [_plain(one) for one in reading.find(Setting)],
            "settled": [_plain(one) for one in reading.find(Settled)],
            "occurrences": [_plain(one) for one in reading.find(Occurrence)],
            "unblindings": [_plain(one) for one in reading.find(Unblinding)],
            "people": [[one.id, one.display_name] for one in reading.find(Person)],
            "pack": _pack(),
        }
    return json.loads(json.dumps(found))


def _pack():
    """The plan as its files say it, read by no code of the program."""
    folder = ROOT / "resources" / "packs" / "msc-iv-sci"
    found = {path.stem: path.read_text("utf-8") for path in folder.glob("*.toml")}
    return {name: _plain(tomllib.loads(text)) for name, text in found.items()}


def _plain(value):
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in type(value).__slots__}
    if hasattr(value, "items"):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


def _form(form):
    found = {
        **{name: getattr(form, name) for name in ("id", "visit_id", "instrument")},
        "date": form.date.isoformat(),
        "complete": form.status is not Status.DRAFT,
        "assessor": form.assessor,
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
