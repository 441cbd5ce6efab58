"""R1 of 90, 1,000 and 10,000 patients, from the encrypted file to the PDF.

Beside it a bare ReportLab document with the same rows and figures. Each is made in a
process of its own. In a third one the page of reports makes R1, and a clock of its
window looks at how long it was kept waiting: at most 100 ms is wanted. Then R1 is
cancelled at several times, and what it takes until the work has ended is told.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.bench_documents import bare_of

SIZES = (90, 1000, 10_000)
#: Days after the injury of the exams of one patient.
EXAMS = {"baseline": 48, "day-90": 90, "endpoint": 180, "month-12": 365}
#: Every so many patients of the treated arm have an event.
EVENTS = 4
AT_ONCE = 500
TICK_MS = 2
#: Each is made so often, and the least is told: what disturbs only ever adds.
ROUNDS = 3
#: Cancelled after these parts of the time that it takes.
STOPS = (0.1, 0.3, 0.5, 0.7, 0.9)
TOLD = {
    "bare": ("cpu_s", "bytes"),
    "ours": ("cpu_s", "seconds", "mb", "bytes"),
    "window": ("longest_gap_ms", "longest_cancel_s"),
}


def fill(path, count):
    from registry_app.domain.safety import CaseVersion, Event, SafetyCase
    from registry_app.domain.subject import Arm
    from registry_app.domain.visit import ISNCSCI, Form, Status, Visit
    from registry_app.services.enrolment import case_id_after, next_case_id
    from tests.benchmarks.bench_due import TODAY
    from tests.builders import a_clock, a_registry, a_sheet, an_enrolment

    desk = a_registry(path, clock=a_clock())
    with desk.begin() as work:
        case = next_case_id(work, "SAP")
    for start in range(0, count, AT_ONCE):
        with desk.begin() as work:
            for n in range(start, min(start + AT_ONCE, count)):
                treated = n % 2 == 0
                injury = TODAY - timedelta(days=200 + n % 900)
                told = an_enrolment(
                    arm=Arm.TREATED if treated else Arm.COMPARISON,
                    injury_date=injury,
                    treatment_date=injury + timedelta(days=52) if treated else None,
                    birth_date=None,
                    hospital_number=f"{n:07}",
                )
                work.save(told.subject(case))
                work.save(told.identity(case))
                for code, day in EXAMS.items():
                    on = injury + timedelta(days=day)
                    if on > TODAY:
                        continue
                    visit = work.save(Visit(f"{case}-{code}", case, code, on))
                    form = Form(f"{case}-{code}", visit.id, ISNCSCI, on)
                    sheet = a_sheet(R_M_C5=str((n + day) % 6))
                    work.save(replace(form, status=Status.COMPLETE, values=sheet))
                if treated and n % EVENTS == 0:
                    told_of = injury + timedelta(days=60)
                    number = f"SAP-S{n:05}"
                    versions = {"1": CaseVersion(told_of)}
                    work.save(
                        SafetyCase(
                            number, "made up", subject_id=case, versions=versions
                        )
                    )
                    work.save(Event(number, number, "made up", case, onset=told_of))
                case = case_id_after("SAP", int(case.split("-")[1]))
    desk.close()


def opened(path):
    from registry_app.services.registry import sign_in
    from tests.builders import PASSWORD, USER, a_clock

    return sign_in(path, USER, PASSWORD, clock=a_clock())


def report(desk, stop=None):
    from registry_app.domain.report import Kind
    from registry_app.services.reports import make_report
    from registry_app.words import Language

    languages = (Language.JA, Language.EN)
    return make_report(desk, Kind.PERIODIC, languages, draft=True, stop=stop)


def ours(path):
    from registry_app.ui.undisturbed import set_aside, undisturbed

    desk = opened(path)
    report(desk)  # libraries and fonts are loaded, as they are for the bare one
    clock, start = time.perf_counter(), time.process_time()
    with undisturbed():  # as the page of reports does it
        pdf = report(desk, set_aside).pdf
    cpu = time.process_time() - start
    seconds = time.perf_counter() - clock
    desk.close()
    return pdf, {"cpu_s": round(cpu, 2), "seconds": round(seconds, 2)}


def window(path):
    """The page of reports while it makes R1, and after `Cancel` in the middle of it."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEventLoop, QThreadPool, QTimer
    from PySide6.QtWidgets import QApplication

    from registry_app.domain.report import Kind
    from registry_app.ui.changes import Changes
    from registry_app.ui.look import Look, load_fonts
    from registry_app.ui.pages.reports import ReportsPage
    from registry_app.words import Language, Words

    app = QApplication([])
    load_fonts()
    look = Look()
    look.apply(app)
    desk = opened(path)
    page = ReportsPage(desk, Words(Language.JA), look, Changes())
    page.resize(1298, 657)
    page.show()
    page.make.kinds.choose(Kind.PERIODIC)
    making, pool = page.make.making, QThreadPool.globalInstance()
    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents  # it does not turn in vain
    gaps, last = [], [time.perf_counter()]

    def tick():
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    clock = QTimer()
    clock.setInterval(TICK_MS)
    clock.timeout.connect(tick)
    clock.start()

    def make(stop_after=None):
        """Seconds that it took, or that it went on for after it was cancelled."""
        done = []
        making.previewed.connect(lambda *_made: done.append(True))
        page.preview()
        start = last[0] = time.perf_counter()
        gaps.clear()
        while not done and (stop_after is None or last[0] < start + stop_after):
            app.processEvents(wait)
        if stop_after is not None:
            start = time.perf_counter()
            making.stop()
        while pool.activeThreadCount():
            app.processEvents(wait)
        return time.perf_counter() - start

    make()  # libraries and fonts, as above
    took = make()
    found = {"longest_gap_ms": round(max(gaps) * 1000)}
    ends = [make(took * part) for part in STOPS]
    desk.close()
    return page.make.preview.report.pdf, {
        **found,
        "longest_cancel_s": round(max(ends), 2),
    }


def bare(path):
    from registry_app.ui.undisturbed import undisturbed

    desk = opened(path)
    document = report(desk).document
    desk.close()
    made = bare_of(document)
    made()
    with undisturbed():  # as ours
        start = time.process_time()
        pdf = made()
        cpu = time.process_time() - start
    return pdf, {"cpu_s": round(cpu, 2)}


def one(what, path):
    """Seconds of the processor, MB at most and bytes; what the window felt."""
    pdf, found = {"ours": ours, "bare": bare, "window": window}[what](Path(path))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**found, "mb": round(most), "bytes": len(pdf)}


def _run(what, path):
    command = [sys.executable, "-m", __name__, what, f"{path}"]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    return json.loads(out)


def _time(seen):
    return seen.get("cpu_s", seen.get("longest_gap_ms"))


def measure(sizes=SIZES) -> dict[str, object]:
    """Both, for registries of each size."""
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in sizes:
            path = Path(folder) / f"{count}.registry"
            fill(path, count)
            # In turns, for a machine is not as fast at one time as at another.
            rounds = [{what: _run(what, path) for what in TOLD} for _ in range(ROUNDS)]
            seen = {
                what: min((each[what] for each in rounds), key=_time) for what in TOLD
            }
            # The bare process has made the figures, too: its memory says less.
            for what, names in TOLD.items():
                for name in names:
                    found[f"{what}_{count}_{name}"] = seen[what][name]
            times = seen["ours"]["cpu_s"] / seen["bare"]["cpu_s"]
            found[f"times_bare_{count}"] = round(times, 2)
    return found


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], sys.argv[2])))
