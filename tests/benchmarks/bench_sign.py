"""A corrected exam saved and signed: what one waits after the password is typed.

With the cost of a password as registries are made; the same without it says what the
key and the file take.
"""

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from registry_app.domain.signature import Meaning, Signable
from registry_app.services import exams, trail
from registry_app.services.record_signing import sign_record, standing
from registry_app.storage.keys import STANDARD, Cost
from tests.builders import CHEAP, PASSWORD, a_registry, a_subject, an_exam

ROUNDS, FREE_ROUNDS, WARM = 7, 20, 2


def _rounds(cost: Cost, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds of each save with its signature, and of the signature in it."""
    with tempfile.TemporaryDirectory() as folder:
        desk = a_registry(Path(folder) / "ours.registry", cost=cost)
        form = an_exam(desk, a_subject(desk))
        whole, signing = [], []
        for turn in range(WARM + rounds):
            changed = replace(form, comment=f"turn {turn}")
            begun = time.perf_counter()
            form = exams.save_exam(desk, changed, "bench")
            saved = time.perf_counter()
            now = standing(desk, Signable.FORM, form.id)
            told = (Meaning.PREPARED, PASSWORD, now.state)
            sign_record(desk, Signable.FORM, form.id, *told)
            ended = time.perf_counter()
            whole.append(ended - begun)
            signing.append(ended - saved)
        assert len(standing(desk, Signable.FORM, form.id).given) == WARM + rounds
        assert trail.verify(desk).problems == ()
        desk.close()
    return whole[WARM:], signing[WARM:]


def measure() -> dict[str, object]:
    """Milliseconds, medians."""
    whole, signing = _rounds(STANDARD, ROUNDS)
    free, free_signing = _rounds(CHEAP, FREE_ROUNDS)
    found = {
        "save_and_sign_ms": whole,
        "sign_ms": signing,
        "save_and_sign_without_password_ms": free,
        "sign_without_password_ms": free_signing,
    }
    return {
        name: round(statistics.median(times) * 1e3, 1) for name, times in found.items()
    }
