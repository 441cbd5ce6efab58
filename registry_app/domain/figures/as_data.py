"""The figures of a patient's summary as plain data: what `report --json` prints."""

from registry_app.domain.figures.gaps import Gap
from registry_app.domain.figures.patient_summary import (
    ChangeSummary,
    ExamRow,
    PatientSummary,
    Shown,
)
from registry_app.domain.figures.plain import plain
from registry_app.domain.figures.sensation import View, levels
from registry_app.domain.isncsci.result import Interval
from registry_app.domain.subject import Identity, Subject

Data = dict[str, object]


def as_data(summary: PatientSummary) -> Data:
    """Every figure that the report prints, in values that JSON knows."""
    return {
        "subject": _subject(summary.subject),
        "identity": _identity(summary.identity) if summary.identity else None,
        "age_at_injury": _interval(summary.age) if summary.age else None,
        "exams": [_row(row) for row in summary.rows],
        "first": _shown(summary.first) if summary.first else None,
        "latest": _shown(summary.latest) if summary.latest else None,
        "before_treatment": summary.before.row.ref if summary.before else None,
        "change": _change(summary.change) if summary.change else None,
        "change_since_treatment": (
            _change(summary.change_since) if summary.change_since else None
        ),
        "cover": plain(summary.cover),
        "on": plain(summary.on),
        "visits": plain(summary.visits),
        "visit_names": plain(summary.visit_names),
        "beside": plain(summary.beside),
        "lacks": plain(summary.lacks),
    }


def _interval(interval: Interval) -> Data:
    return {"low": interval.low, "high": interval.high}


def _subject(subject: Subject) -> Data:
    treatment = subject.treatment_date
    return {
        "id": subject.id,
        "arm": subject.arm.value,
        "sex": subject.sex.value,
        "cause": subject.cause.value,
        "injury_date": subject.injury_date.isoformat(),
        "treatment_date": treatment.isoformat() if treatment else None,
        "treatment_day": subject.day(treatment) if treatment else None,
    }


def _identity(identity: Identity) -> Data:
    born = identity.birth_date
    return {
        "family": identity.family,
        "given": identity.given,
        "family_kana": identity.family_kana,
        "given_kana": identity.given_kana,
        "birth_date": born.isoformat() if born else None,
        "hospital_number": identity.hospital_number,
    }


def _row(row: ExamRow) -> Data:
    fields = row.result.fields
    return {
        "form": row.ref,
        "date": row.on.isoformat(),
        "day": row.day,
        "days_since_treatment": row.treated,
        "visit": row.visit,
        "assessor": row.assessor,
        "blinding": row.blinding.value,
        "unblinded_on": row.broken.on.isoformat() if row.broken else None,
        "status": row.status.value,
        "engine": row.engine,
        "result": {
            name: {"values": list(fields[name].values), "star": fields[name].star}
            for name in fields
        },
        "totals": {name: _interval(t) for name, t in row.result.totals.items()},
        "own": dict(row.own),
        "ungraded": row.ungraded,
        "counts_for": plain(row.counts_for),
        "second_rating_of": row.rates or None,
        "gaps": [_gap(gap) for gap in row.gaps],
    }


def _gap(gap: Gap) -> Data:
    runs = [[r.side.value, r.modality.value, r.first, r.last] for r in gap.runs]
    return {
        "doubt": gap.doubt.value,
        "count": gap.count,
        "runs": runs,
        "anal": list(gap.anal),
    }


def _change(change: ChangeSummary) -> Data:
    return {
        "ais_steps": _interval(change.steps),
        "totals": {name: _interval(t) for name, t in change.totals.items()},
        "dermatomes": {
            view.value: {kind.value: n for kind, n in found.items()}
            for view, found in change.places.items()
        },
    }


def _shown(shown: Shown) -> Data:
    found = levels(shown.exam, View.LOWER)
    return {
        "form": shown.row.ref,
        "body_map": {f"{s.value}_{d}": level.value for (d, s), level in found.items()},
    }
