"""The cohort of a patient: the grade at the decision and at baseline, the endpoints."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.figures.endpoints import EndpointRow, endpoint_rows
from registry_app.ui import paint
from registry_app.ui.look import BOLD, MEDIUM, Look
from registry_app.ui.patient_facts import reported_said
from registry_app.ui.patient_record import PatientRecord
from registry_app.ui.sets import told
from registry_app.ui.widgets import Card, Chip, Item, label, row
from registry_app.words import Words

_KEYS = {
    True: ("done", "patient.endpoint-reached"),
    False: ("blocked", "patient.endpoint-not"),
    None: ("due", "patient.endpoint-undecided"),
}


class GradeStrip(QWidget):
    """The grades from worst to best: the baseline solid, what is possible now hatched.

    The same stands beside it in words.
    """

    def __init__(
        self,
        look: Look,
        order: Sequence[str],
        base: Collection[str],
        now: Collection[str],
        said: str,
    ) -> None:
        super().__init__()
        self._look, self._order, self._base, self._now = look, order, base, now
        self.setAccessibleName(said)
        self.setFixedHeight(look.px(26))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A box for each grade."""
        look, gap = self._look, self._look.px(4)
        wide = (self.width() - gap * (len(self._order) - 1)) / len(self._order)
        with paint.painter(self) as p:
            for n, grade in enumerate(self._order):
                box = QRectF(n * (wide + gap), 0, wide, self.height())
                base, now = grade in self._base, grade in self._now
                line = "accent" if now else "border"
                paint.box(p, look, box, "sunken" if base else "surface", line, 4)
                if now and not base:
                    edge = QPainterPath()
                    edge.addRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
                    paint.hatch(p, box, look.colour("accent", 0.35), 5, clip=edge)
                ink = "text1" if base or now else "text3"
                weight = BOLD if base or now else None
                paint.text(p, look, box, grade, ink, "body", weight, paint.CENTRE)


def cohort_card(words: Words, look: Look, record: PatientRecord) -> list[Card]:
    """The card, where the pack has cohorts at all."""
    if not record.protocol.pack.cohorts:
        return []
    standing = record.plan.cohort
    none = "patient.cohort-open" if standing.undecided else "patient.no-cohort"
    name = words(none) if standing.cohort is None else words.say(standing.cohort.name)
    card = Card(look, words("patient.cohort"))
    card.body.setSpacing(4)
    card.body.addWidget(label(look, name, weight=MEDIUM, wrap=True))
    why = words.say(standing.why)
    if standing.cohort is None:
        card.body.addWidget(label(look, why, "text3", "caption", wrap=True))
    card.setToolTip(why)
    grades: list[Item] = []
    for key, grade in (
        ("decision", standing.decision_grade),
        ("baseline", standing.baseline_grade),
    ):
        text = told(words, "ais", grade.split(",")) if grade else ""
        title = words(f"patient.grade-{key}")
        grades.append(label(look, title, "text2", "caption", MEDIUM))
        grades += [label(look, text or words("banner.no-grade"), weight=BOLD), 8]
    card.body.addLayout(row(*grades, None, gap=4))
    if record.case.indication is not None:
        as_told = reported_said(words, record.case.indication, "ais")
        if as_told:
            card.body.addWidget(label(look, as_told, "text3", "caption", wrap=True))
    for each in endpoint_rows(record.protocol, record.case, record.plan.windows):
        _endpoint(card, words, look, each)
    return [card]


def _endpoint(card: Card, words: Words, look: Look, each: EndpointRow) -> None:
    """One endpoint: its name, how far it is, and the grades."""
    name = label(look, words.say(each.endpoint.name), "text2", "caption", wrap=True)
    card.body.addWidget(name)
    status, key = _KEYS[each.reached] if each.at else ("open", "patient.endpoint-later")
    said = words("patient.from-to", first=_list(each.base), latest=_list(each.now))
    if each.endpoint.order:
        card.body.addWidget(
            GradeStrip(look, each.endpoint.order, each.base, each.now, said)
        )
    card.body.addLayout(
        row(Chip(look, status, words(key)), label(look, said, "text2", "caption"), None)
    )


def _list(values: Sequence[str]) -> str:
    return ", ".join(values) or "\u2013"
