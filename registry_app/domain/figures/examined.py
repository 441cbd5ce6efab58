"""What the figures need of one exam of a subject."""

from collections.abc import Iterable
from typing import Protocol

from registry_app.domain.isncsci.result import Classification
from registry_app.domain.isncsci.segments import SCORE_ITEMS
from registry_app.domain.plan.windows import Window
from registry_app.domain.visit import Form, Status, Visit


class Examined(Protocol):
    """One exam: its visit, its form and what the form was classified as."""

    @property
    def visit(self) -> Visit:
        """The visit at which the exam was made."""

    @property
    def form(self) -> Form:
        """The sheet."""

    @property
    def result(self) -> Classification:
        """The classification of the sheet."""

    @property
    def engine(self) -> str:
        """The version of the engine that classified it."""


def completed(exam: Examined) -> bool:
    """Whether its form is completed, and not a draft that may still change."""
    return exam.form.status is Status.COMPLETE


def counted_by(windows: Iterable[Window]) -> frozenset[str]:
    """The ids of the forms that count for a visit of the plan."""
    return frozenset(w.counted.form_id for w in windows if w.counted is not None)


def first_hand(exams: Iterable[Examined]) -> list[Examined]:
    """Without the second ratings: they tell of the assessors, not of the patient."""
    return [exam for exam in exams if not exam.form.rates]


def written(exam: Examined) -> bool:
    """Whether any score stands on the sheet; an empty one shows nothing but doubt."""
    return any(item in exam.form.values for item in SCORE_ITEMS)


def ungraded(exam: Examined) -> bool:
    """Whether it has no AIS grade: E presumes a deficit documented before (4.16)."""
    return exam.result["ais"].values == ("E",) and exam.form.prior_deficit is False
