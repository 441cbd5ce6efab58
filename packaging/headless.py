"""`make run` without a display: the main job, from a registry to a report in hand.

Makes a training registry, writes the follow-up report of one patient in both
languages, takes the pictures of the screens, and says where all of it is.
"""

import os
import sys
from pathlib import Path

from registry_app.services.demo import make_training_registry
from registry_app.services.reports import patient_summary
from registry_app.services.subjects import SubjectQuery, subject_ids, subject_rows
from registry_app.words import Language


def main(folder: Path) -> None:
    """Write everything below `folder`; what an earlier run left there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    registry = folder / "training.registry"
    registry.unlink(missing_ok=True)
    desk = make_training_registry(registry)
    try:
        rows = subject_rows(desk, subject_ids(desk, SubjectQuery()))
        subject = max(rows, key=lambda row: row.exams)
        report = patient_summary(desk, subject.id, tuple(Language))
    finally:
        desk.close()
    pdf = folder / f"{report.number}.pdf"
    pdf.write_bytes(report.pdf)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from screens import main as take_pictures

    print("There is no display, so the main job was done without one:")
    print(f"  {registry}: a training registry of {len(rows)} made-up patients")
    print(f"  {pdf}: the follow-up report of {subject.id}, Japanese and English")
    take_pictures(folder / "screens")
    print("With a display, `make run` opens the program.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
