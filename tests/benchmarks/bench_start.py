"""Process start to the first painted window: ours, and an empty one of PySide6."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.show()
app.processEvents()
"""
OURS = """
import sys
from registry_app.ui.app import first_window
first_window(None)
"""


def measure() -> dict[str, object]:
    """Milliseconds, medians, taken in turn so that both meet the same machine."""
    empty, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for n in range(ROUNDS + 1):
            first, second = _time(EMPTY, environment), _time(OURS, environment)
            if n:  # the first pair fills caches
                empty.append(first)
                ours.append(second)
    return {
        "first_window_ms": round(statistics.median(ours)),
        "empty_pyside6_window_ms": round(statistics.median(empty)),
        "times_empty": round(statistics.median(ours) / statistics.median(empty), 2),
    }


def _time(code: str, environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env=environment,
        cwd=Path(__file__).parent.parent.parent,
    )
    return (time.perf_counter() - start) * 1000
