"""`make run` without a display: the main job, from a registry to a report in hand.

Makes a training registry, writes the reports R1 to R10 from one data cut in both
languages, takes the pictures of the screens in one theme, and says where all of it is.
"""

import os
import sys
from pathlib import Path

from registry_app.domain.report import Kind
from registry_app.services.demo import make_training_registry
from registry_app.services.reports import make_report
from registry_app.services.safety import safety_cases
from registry_app.services.subjects import SubjectQuery, subject_ids, subject_rows
from registry_app.words import Language


def main(folder: Path) -> None:
    """Write everything below `folder`; what an earlier run left there is replaced."""
    registry, papers = write_papers(folder)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from screens import Theme
    from screens import main as take_pictures

    print("There is no display, so the main job was done without one:")
    print(f"  {registry}: a training registry of made-up patients")
    for kind, pdf in papers.items():
        print(f"  {pdf}: {kind.value}, Japanese and English")
    take_pictures(folder / "screens", [Theme.LIGHT])
    print("With a display, `make run` opens the program.")


def write_papers(folder: Path) -> tuple[Path, dict[Kind, Path]]:
    """A training registry, and its reports R1 to R10."""
    folder.mkdir(parents=True, exist_ok=True)
    registry = folder / "training.registry"
    registry.unlink(missing_ok=True)
    desk = make_training_registry(registry)
    papers = {}
    try:
        rows = subject_rows(desk, subject_ids(desk, SubjectQuery()))
        subject = max(rows, key=lambda row: row.exams)
        case = next(
            line.case.id for line in safety_cases(desk) if line.classed.event_class
        )
        for kind in filter(lambda kind: kind.archived, Kind):
            report = make_report(
                desk,
                kind,
                tuple(Language),
                subject_id=subject.id if kind.of_one_case else "",
                about=case if kind.of_safety_case else "",
            )
            papers[kind] = folder / f"{report.number}.pdf"
            papers[kind].write_bytes(report.pdf)
    finally:
        desk.close()
    return registry, papers


if __name__ == "__main__":
    main(Path(sys.argv[1]))
