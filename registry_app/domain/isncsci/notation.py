"""An exam as nested JSON values: read with every mistake named, written back.

The format is the one of docs/isncsci.md: ``{right, left, vac, dap}``, a side with
``motor``, ``light_touch``, ``pin_prick`` and ``lowest_non_key_muscle``; every score a
string. What is left out, or null, is an open item.
"""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.exam import (
    ANAL_CODES,
    MOTOR_CODES,
    NON_KEY_CODES,
    OPEN,
    SENSORY_CODES,
    Exam,
    shortened,
)
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import (
    DAP,
    DERMATOMES,
    KEY_MUSCLES,
    VAC,
    Modality,
    Side,
    non_key_item,
    score_item,
    segments_of,
)

SIDES: Final = {"right": Side.RIGHT, "left": Side.LEFT}
MODALITIES: Final = {
    "motor": Modality.MOTOR,
    "light_touch": Modality.LIGHT_TOUCH,
    "pin_prick": Modality.PIN_PRICK,
}
_NON_KEY: Final = "lowest_non_key_muscle"
_ANAL: Final = {"vac": VAC, "dap": DAP}

_muscles_of: Final = itemgetter(*KEY_MUSCLES)
_dermatomes_of: Final = itemgetter(*DERMATOMES)
_motor: Final = MOTOR_CODES.__getitem__
_sensory: Final = SENSORY_CODES.__getitem__
_non_key: Final = {None: OPEN} | dict(NON_KEY_CODES)


def exam_from_nested(data: object) -> Exam:
    """The exam of parsed JSON.

    Raises InvalidValue that names the place, for a key that has none on the sheet, a
    value that is no string, or one that cannot stand there.
    """
    try:
        return Exam.from_code(_whole(data))
    except (KeyError, TypeError):
        # Something is left out, or wrong: look at each place by itself.
        return Exam(_written(data))


def _whole(data: Any) -> str:
    """The line of a sheet with nothing left out and nothing wrong."""
    right, left = data["right"], data["left"]
    r_motor, r_touch, r_pin = right["motor"], right["light_touch"], right["pin_prick"]
    l_motor, l_touch, l_pin = left["motor"], left["light_touch"], left["pin_prick"]
    if (
        len(data) != 4
        or not len(right) == len(left) == 4
        or not len(r_motor) == len(l_motor) == 10
        or not len(r_touch) == len(r_pin) == len(l_touch) == len(l_pin) == 28
    ):
        raise KeyError
    return "".join(
        (
            *map(_motor, _muscles_of(r_motor)),
            *map(_sensory, _dermatomes_of(r_touch)),
            *map(_sensory, _dermatomes_of(r_pin)),
            *map(_motor, _muscles_of(l_motor)),
            *map(_sensory, _dermatomes_of(l_touch)),
            *map(_sensory, _dermatomes_of(l_pin)),
            ANAL_CODES[data["vac"]],
            ANAL_CODES[data["dap"]],
            _non_key[right[_NON_KEY]],
            _non_key[left[_NON_KEY]],
        )
    )


def _written(data: object) -> dict[str, str]:
    """Item to value of what is written, looked at place by place."""
    exam = _table(data, "exam", (*SIDES, *_ANAL))
    values: dict[str, object] = {item: exam.get(key) for key, item in _ANAL.items()}
    for side_key, side in SIDES.items():
        if exam.get(side_key) is None:
            continue
        half = _table(exam[side_key], side_key, (*MODALITIES, _NON_KEY))
        values[non_key_item(side)] = half.get(_NON_KEY)
        for key, modality in MODALITIES.items():
            if half.get(key) is None:
                continue
            segments = segments_of(modality)
            column = _table(half[key], f"{side_key}.{key}", segments)
            for segment in segments:
                values[score_item(side, modality, segment)] = column.get(segment)
    for item, value in values.items():
        if value is not None and not isinstance(value, str):
            raise InvalidValue("isncsci.not-a-string", item=item, value=_short(value))
    return {item: value for item, value in values.items() if isinstance(value, str)}


def _table(data: object, where: str, keys: tuple[str, ...]) -> Mapping[str, object]:
    """A JSON object with no other keys than these."""
    if not isinstance(data, Mapping):
        raise InvalidValue("isncsci.not-an-object", where=where)
    for key in data:
        if key not in keys:
            raise InvalidValue(
                "isncsci.not-a-key",
                where=where,
                name=_short(key),
                allowed=", ".join(keys),
            )
    return data


def _short(value: object) -> str:
    """A wrong value as JSON would write it, if it is short."""
    return shortened(str(value).lower() if isinstance(value, bool) else str(value))


def exam_to_nested(exam: Exam) -> dict[str, object]:
    """The exam as nested JSON values; open scores are left out."""
    values = exam.values
    nested: dict[str, object] = {}
    for side_key, side in SIDES.items():
        half: dict[str, object] = {}
        for key, modality in MODALITIES.items():
            items = {s: score_item(side, modality, s) for s in segments_of(modality)}
            half[key] = {s: values[i] for s, i in items.items() if i in values}
        half[_NON_KEY] = values.get(non_key_item(side))
        nested[side_key] = half
    for key, item in _ANAL.items():
        if item in values:
            nested[key] = values[item]
    return nested


def result_to_json(result: Classification) -> dict[str, object]:
    """A classification as JSON values: each field's values and star, each total."""
    json: dict[str, object] = {
        field: {"values": list(possible.values), "star": possible.star}
        for field, possible in result.fields.items()
    }
    json["totals"] = {
        total: {"low": interval.low, "high": interval.high}
        for total, interval in result.totals.items()
    }
    return json
