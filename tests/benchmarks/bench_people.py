"""Signing in, and locking and coming back, with a password as people have one.

The cost of the password stands beside: it is most of the time, and is meant to be.
The lock covers and uncovers real windows (offscreen): a patient's page with a dialog.
"""

import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from PySide6.QtWidgets import QApplication

from registry_app.domain.subject import Subject
from registry_app.services import registry
from registry_app.services.demo import PASSWORD, make_training_registry
from registry_app.services.session import arrive
from registry_app.storage.keys import STANDARD
from registry_app.ui.app import application
from registry_app.ui.changes import Changes
from registry_app.ui.lock import Lock
from registry_app.ui.look import Look, Theme
from registry_app.ui.main_window import MainWindow
from registry_app.words import Language, Words

ROUNDS = 5


def measure() -> dict[str, object]:
    """Milliseconds: the least of ROUNDS, and of the password alone the median too."""
    application()
    with tempfile.TemporaryDirectory() as folder:
        desk = make_training_registry(Path(folder) / "training.registry")
        user = desk.person.id
        desk.close()
        password, opened, arrived = [], [], []
        for _ in range(ROUNDS):
            password.append(_timed(_guess))
            start = time.perf_counter()
            desk = registry.sign_in(desk.path, user, PASSWORD)
            between = time.perf_counter()
            arrive(desk)
            arrived.append(time.perf_counter() - between)
            opened.append(between - start)
            desk.close()
        desk = registry.sign_in(desk.path, user, PASSWORD)
        covered, back, pages = _windows(desk)
        desk.close()
    told = f"Argon2id, t {STANDARD.t}, {STANDARD.m // 1024} MiB, {STANDARD.p} lanes"
    return {
        "cost_of_a_password": told,
        "password_ms": _least(password),
        "password_median_ms": round(statistics.median(password) * 1e3),
        "sign_in_ms": _least(opened),
        "check_of_what_is_new_ms": _least(arrived),
        "lock_until_covered_ms": _least(covered),
        "password_until_unlocked_ms": _least(back),
        "patient_page_painted_ms": round(statistics.median(pages) * 1e3),
        "patient_page_painted_worst_ms": round(max(pages) * 1e3),
    }


def _guess() -> None:
    cost = STANDARD
    kept = {"iterations": cost.t, "lanes": cost.p, "memory_cost": cost.m}
    Argon2id(salt=bytes(16), length=32, **kept).derive(b"twelve chars")


def _windows(desk) -> tuple[list[float], list[float], list[float]]:
    """Seconds to lock, to come back, and to each patient's page: the least of three."""
    words, look = Words(Language.JA), Look(Theme.LIGHT, training=True)
    look.apply(_qt())
    window = MainWindow(desk, words, look, Changes())
    window.resize(1366, 697)
    window.show()
    _qt().processEvents()
    with desk.read() as reading:
        cases = sorted(one.id for one in reading.find(Subject))

    def shown(case: str) -> None:
        window.open_subject(case)
        _qt().processEvents()

    pages = dict.fromkeys(cases, 1e3)
    for _ in range(3):
        for case in cases:
            pages[case] = min(pages[case], _timed(partial(shown, case)))
    slowest = max(pages, key=lambda case: pages[case])
    shown(slowest)
    lock = Lock(window, desk, words, look)
    covered, back = [], []
    for _ in range(ROUNDS):
        covered.append(_timed(lambda: (lock.lock(), _qt().processEvents())))
        back.append(_timed(lambda: _come_back(lock)))
    window.close()
    return covered, back, list(pages.values())


def _come_back(lock: Lock) -> None:
    view = lock.view
    view.password.setText(PASSWORD)
    view.go.click()
    while lock.view is not None:
        _qt().processEvents()


def _timed(deed) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start


def _least(times: list[float]) -> int:
    return round(min(times) * 1e3)


def _qt() -> QApplication:
    return QApplication.instance()
