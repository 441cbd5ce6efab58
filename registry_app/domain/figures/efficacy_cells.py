"""Cells of the efficacy tables: counts and shares, with who is behind them."""

from collections.abc import Iterable, Sequence

from registry_app.domain.figures.analysis_sets import Group, Member
from registry_app.domain.figures.cells import Refs
from registry_app.domain.figures.dataset import Dataset
from registry_app.domain.figures.document import (
    Align,
    Column,
    Mark,
    Ref,
    Row,
    Said,
    Value,
)
from registry_app.domain.figures.plan_items import changed_after_lock
from registry_app.domain.figures.statistics import Proportion, proportion
from registry_app.domain.message import Message, Told, say
from registry_app.domain.plan.case import ExamFact
from registry_app.domain.plan.pack import Confidence, PlannedVisit
from registry_app.domain.plan.protocol import Protocol
from registry_app.domain.subject import Arm


def behind(members: Iterable[Member]) -> Refs:
    """The patients, and the two exams of each that were compared."""
    found: list[Ref] = []
    for one in members:
        case = one.patient.id
        found.append(Ref("subject", case, case))
        found += [
            Ref("form", exam.form_id, case)
            for exam in (one.base, one.end)
            if exam is not None
        ]
    return tuple(found)


def forms(exams: Iterable[tuple[str, ExamFact]]) -> Refs:
    """Patients by their case IDs, each with one exam."""
    found: list[Ref] = []
    for case, exam in exams:
        found += [Ref("subject", case, case), Ref("form", exam.form_id, case)]
    return tuple(found)


def count(members: Sequence[Member], *, strong: bool = False) -> Value:
    """How many, and who."""
    return Value(f"{len(members):,}", len(members), behind(members), strong)


def over(part: Sequence[Member], total: int) -> Value:
    """N / N with those who are n; the bold figure where N is small."""
    found = proportion(len(part), total)
    return Value(found.over, found.plain, behind(part), found.small)


def exact(found: Proportion, mark: Mark = Mark.NONE) -> Value:
    """``92.3 % (64.0–99.8)``."""
    return Value(found.said, found.plain, strong=_bold(found), mark=mark)


def wilson(found: Proportion) -> Value:
    """``(66.7–98.6)``; its numbers stand with the exact ones."""
    return Value(found.companion)


def _bold(found: Proportion) -> bool:
    return not found.small and found.total > 0


def column(name: str, width: float, align: Align = Align.RIGHT) -> Column:
    """A column of `efficacy.head-…`; numbers stand right."""
    return Column(name, say(f"efficacy.head-{name}"), width, align)


def words(name: str, width: float) -> Column:
    """A column of words."""
    return column(name, width, Align.LEFT)


def heading(row_id: str, told: Said, columns: int) -> Row:
    """A heading over the rows that follow."""
    return Row(row_id, (Value(told), *[Value("")] * (columns - 1)), group=True)


def arm_name(arm: Arm) -> Message:
    """投与群, 対照群."""
    return say(f"subject.arm-{arm.value}")


def group_name(group: Group) -> Message:
    """The cohort with the arm: they are never told apart from one another."""
    name = short(group.cohort.name)
    return say("efficacy.group", cohort=name, arm=arm_name(group.arm))


def short(name: Told) -> Told:
    """A name of a pack without what stands behind it in brackets."""
    ja = name.ja.partition("（")[0].strip()
    return Told(ja or name.ja, name.en.partition(" (")[0].strip() or name.en)


def visit_of(protocol: Protocol, visit_id: str) -> PlannedVisit:
    """A visit; a pack that was checked has each one that it names."""
    return next(one for one in protocol.visits() if one.id == visit_id)


def mark_of(protocol: Protocol, group: Group) -> Mark:
    """［要確認］ where cohort, endpoint or a window of it is not confirmed."""
    bases = (group.endpoint.basis, group.cohort.basis)
    unsure = {part.id for part in protocol.unsure()}
    visits = {f"visit:{group.endpoint.baseline}", f"visit:{group.endpoint.at}"}
    doubtful = any(one.confidence is Confidence.UNCONFIRMED for one in bases)
    return Mark.TO_CONFIRM if doubtful or unsure & visits else Mark.NONE


def lock_mark(dataset: Dataset) -> Mark:
    """［固定後変更］ where something was changed after the plan was locked."""
    moved = changed_after_lock(dataset.evaluations, dataset.protocol)
    return Mark.AFTER_LOCK if moved else Mark.NONE
