"""One per-patient summary of eight exams: its time, its bytes, its pages."""

import statistics
import time

from tests.reports.made_up import EN, JA, a_sheet, a_summary, an_exam, an_issue

ROUNDS = 5
DAYS = (3, 14, 44, 91, 182, 270, 365, 730)


def measure() -> dict[str, object]:
    """Seconds of the first report (fonts loaded) and of the ones after it."""
    exams = [an_exam(day, a_sheet("C5", 2 + n)) for n, day in enumerate(DAYS)]
    start = time.perf_counter()
    from registry_app.reports.patient_summary import patient_summary

    pdf = patient_summary(a_summary(exams), an_issue((JA, EN)))
    first = time.perf_counter() - start
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        again = patient_summary(a_summary(exams), an_issue((JA, EN)))
        took.append(time.perf_counter() - start)
    if again != pdf:
        raise AssertionError("the same data gave other bytes")
    return {
        "exams": len(exams),
        "first_report_s": round(first, 2),
        "next_report_s": round(statistics.median(took), 2),
        "bytes": len(pdf),
    }
