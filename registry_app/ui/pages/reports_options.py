"""How a report is to be: cut, period, language, names, draft or final, its texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from registry_app.domain.cut import DataCut
from registry_app.domain.names import plain
from registry_app.domain.report import SLOTS, Kind, ReportText
from registry_app.domain.signature import Signable
from registry_app.services.report_kinds import Wanted
from registry_app.services.subjects import SubjectQuery, subject_ids
from registry_app.ui.dialogs.asking import written
from registry_app.ui.duty_words import owner_said
from registry_app.ui.inputs import Choice, Field, Line
from registry_app.ui.look import MEDIUM
from registry_app.ui.page import Page
from registry_app.ui.period_field import Period, PeriodField
from registry_app.ui.record_bar import RecordBar
from registry_app.ui.widgets import (
    Card,
    Chip,
    Inside,
    Segments,
    button,
    column,
    label,
    restyle,
    row,
    rule,
    scrolled,
)
from registry_app.words import Language, Words

#: So many cases hang below the field of the case.
_SHOWN: Final = 8
#: As wide as the fields, less the margins of what is inside, at 100 %.
_ROOM: Final = 250


@dataclass(frozen=True, slots=True)
class Wish:
    """A report as it is asked for. `cut` None: as the registry is now."""

    kind: Kind
    languages: tuple[Language, ...]
    cut: DataCut | None = None
    period: Period | None = None
    identifiable: bool = False
    final: bool = False
    subject_id: str = ""
    about: str = ""


def cut_said(words: Words, cut: DataCut) -> str:
    """A data cut in a line: number, day, what for."""
    told = {"number": cut.id, "day": cut.on.isoformat()}
    if not cut.purpose:
        return words("reports_page.cut-said", **told)
    return words("reports_page.cut-said-for", purpose=cut.purpose, **told)


def slot_said(words: Words, kind: Kind, slot: str) -> str:
    """The name of a part that a person writes."""
    return words(f"reports_page.slot-{kind.letters.lower()}-{slot}")


def _both(text: ReportText) -> Mapping[str, str]:
    """What a part says, by language."""
    return {Language.JA: text.ja, Language.EN: text.en}


class OptionsCard(Card):
    """changed(): something was chosen otherwise. The buttons tell what was pressed.

    cut_chosen(): another data cut. `confirm_names`: asks whether names are wanted.
    """

    changed = Signal()
    cut_chosen = Signal()
    freeze = Signal()
    show_changes = Signal()
    write_texts = Signal()
    preview = Signal()
    issue = Signal()
    save_draft = Signal()

    def __init__(self, page: Page, confirm_names: Callable[[], bool]) -> None:
        super().__init__(page.look)
        self._page = page
        self._desk, self._words, self._look = page.desk, page.words, page.look
        self._confirm_names = confirm_names
        self._wanted: Wanted | None = None
        self._cuts: tuple[DataCut, ...] = ()
        self.empty_said = ""  # which parts are not written yet, in a sentence
        self._texts: Mapping[str, ReportText] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        self._title = label(self._look, "", weight=MEDIUM, wrap=True)
        self._owner = Chip(self._look, "", "")
        self._make_fields()
        head = column(
            self._title, row(self._owner, None), gap=4, margins=(14, 10, 14, 0)
        )
        fields = scrolled(Inside(self._fields()))
        self.body.addLayout(head)
        self.body.addWidget(fields, 1)
        self.body.addWidget(rule())
        self.body.addLayout(self._foot())

    # ── the fields ───────────────────────────────────────────────────────────────

    def _make_fields(self) -> None:
        words, look = self._words, self._look
        self.cut = Choice(look, words("reports_page.cut"))
        self.cut.stay_narrow()
        self.cut.activated.connect(lambda _n: self._cut_chosen())
        small = "small"
        self.freeze_button = button(
            look, words("reports_page.freeze"), small, self.freeze.emit
        )
        self.changes_button = button(
            look, words("reports_page.changes"), small, self.show_changes.emit
        )
        self.cut_record = RecordBar(self._page, self._cut_called, _ROOM)
        self.case = Line(look, words("reports_page.case"), plain=True)
        self._cases = QStringListModel(self)
        self.case.setCompleter(QCompleter(self._cases, self.case))
        self.case.textEdited.connect(self._typed)
        self.case_field = Field(
            look, words("reports_page.case"), self.case, words("reports_page.case-hint")
        )
        self.safety = Choice(look, words("reports_page.safety-case"))
        self.safety.stay_narrow()
        self.safety.activated.connect(lambda _n: self.changed.emit())
        self.safety_field = Field(look, words("reports_page.safety-case"), self.safety)
        self.period = PeriodField(look, words, words("reports_page.period"))
        self.period.set_hint(words("reports_page.period-hint"))
        for line in (self.period.first, self.period.last, self.case):
            line.textEdited.connect(lambda _text: self.changed.emit())
        languages = [(str(lang), Words(lang)("app.this-language")) for lang in Language]
        both = "+".join(Language)
        languages.append((both, words("reports_page.both")))
        self.language = self._segments("language", languages, str(words.language))
        self.language.chosen.connect(lambda _value: self._say_texts())
        people = ("pseudonymous", "identifiable")
        self.people = self._segments(
            "people", [(one, words(f"reports_page.{one}")) for one in people], people[0]
        )
        self.people.chosen.connect(self._people_chosen)
        states = ("draft", "final")
        self.state = self._segments(
            "state", [(one, words(f"reports_page.{one}")) for one in states], states[0]
        )
        self.state.chosen.connect(lambda _value: self._show_state())
        self.texts_button = button(
            look, words("reports_page.write-texts"), small, self.write_texts.emit
        )
        self._texts_said = label(look, "", "text2", "caption", wrap=True)

    def _segments(
        self, name: str, choices: list[tuple[str, str]], value: str
    ) -> Segments:
        made = Segments(self._look, choices, self._words(f"reports_page.{name}"), value)
        made.chosen.connect(lambda _value: self.changed.emit())
        return made

    def _titled(self, name: str, *what: QWidget) -> QWidget:
        said = self._words(f"reports_page.{name}")
        title = label(self._look, said, "text2", "caption", MEDIUM)
        return Inside(column(title, row(*what, None), 4, gap=3))

    def _fields(self) -> QVBoxLayout:
        cut_title = label(
            self._look, self._words("reports_page.cut"), "text2", "caption", MEDIUM
        )
        self._people_part = self._titled("people", self.people)
        texts = column(self._texts_said, row(self.texts_button, None), gap=4)
        self._texts_part = Inside(texts)
        return column(
            cut_title,
            self.cut,
            row(self.freeze_button, self.changes_button, None),
            self.cut_record,
            4,
            self.case_field,
            self.safety_field,
            self.period,
            self._titled("language", self.language),
            self._people_part,
            self._titled("state", self.state),
            self._texts_part,
            None,
            gap=4,
            margins=(14, 6, 14, 8),
        )

    def _foot(self) -> QVBoxLayout:
        words, look = self._words, self._look
        self.preview_button = button(
            look, words("reports_page.preview-go"), "", self.preview.emit
        )
        self.issue_button = button(
            look, words("reports_page.issue"), "primary", self.issue.emit
        )
        self.save_button = button(
            look, words("reports_page.save-draft"), "", self.save_draft.emit
        )
        return column(
            row(self.preview_button, None, self.save_button, self.issue_button),
            margins=(14, 8, 14, 10),
        )

    # ── what is shown ────────────────────────────────────────────────────────────

    def show_kind(self, wanted: Wanted) -> None:
        """The fields of another kind; what was chosen for all kinds stays."""
        words, kind = self._words, wanted.kind
        self._wanted = wanted
        name = words.say(wanted.name)
        self._title.setText(
            words("reports_page.kind-said", number=kind.letters, name=name)
        )
        self._owner.show_status("", owner_said(words, wanted.owner))
        self.case_field.setVisible(kind.of_one_case)
        self.safety_field.setVisible(kind.of_safety_case)
        self.period.setVisible(kind.of_period)
        owed = wanted.due.period if wanted.due else None
        over = owed is not None and owed[1] <= wanted.on
        self.period.show_period(owed if over else None)
        self._people_part.setVisible(kind.may_name)
        if not kind.may_name:
            self.people.choose("pseudonymous")
        self._texts_part.setVisible(kind in SLOTS)
        self._show_state()

    def show_cuts(self, cuts: Sequence[DataCut]) -> None:
        """The cuts that there are, the newest first; the chosen one stays chosen."""
        before = self.cut.value
        self._cuts = tuple(cuts)
        self.cut.clear()
        self.cut.addItem(self._words("reports_page.cut-now"), "")
        for one in self._cuts:
            self.cut.addItem(cut_said(self._words, one), one.id)
        self.choose_cut(before)

    def choose_cut(self, cut_id: str) -> None:
        """Choose a cut by its number; "": as it is now."""
        self.cut.setCurrentIndex(max(self.cut.findData(cut_id), 0))
        self._show_cut()

    def choose_about(self, about: str) -> None:
        """The case or the safety case that it is about."""
        self.case.setText(about if self.kind and self.kind.of_one_case else "")
        if (at := self.safety.findData(about)) >= 0:
            self.safety.setCurrentIndex(at)

    def show_safety_cases(self, cases: Sequence[tuple[str, str]]) -> None:
        """The safety cases: number and words."""
        before = self.safety.value
        self.safety.clear()
        for number, said in cases:
            self.safety.addItem(said, number)
        self.safety.setCurrentIndex(max(self.safety.findData(before), 0))

    def show_texts(self, texts: Mapping[str, ReportText]) -> None:
        """Which of the parts that a person writes are empty still."""
        self._texts = texts
        self._say_texts()

    def _say_texts(self) -> None:
        """In the languages that are chosen: in another one nothing is missing."""
        words, kind, texts = self._words, self.kind, self._texts
        if kind is None or kind not in SLOTS:
            return
        asked = self.language.value.split("+")
        empty = [
            slot_said(words, kind, slot)
            for slot in SLOTS[kind]
            if slot not in texts or not all(_both(texts[slot])[one] for one in asked)
        ]
        names = words("ledger_page.comma").join(empty)
        key = "texts-empty" if empty else "texts-all"
        told = {"names": names, "count": len(empty)}
        said = words(f"reports_page.{key}", **told)
        self.empty_said = said if empty else ""
        self._texts_said.setText(said)

    def _show_state(self) -> None:
        final = self.state.value == "final"
        self.issue_button.setVisible(final)
        self.save_button.setVisible(not final)
        restyle(self.preview_button, kind="" if final else "primary")

    # ── what is chosen ───────────────────────────────────────────────────────────

    @property
    def kind(self) -> Kind | None:
        """The kind that the fields are of."""
        return self._wanted.kind if self._wanted else None

    @property
    def chosen_cut(self) -> DataCut | None:
        """The data cut; None: as it is now."""
        return next((one for one in self._cuts if one.id == self.cut.value), None)

    @property
    def language_said(self) -> str:
        """The languages in words."""
        if "+" in self.language.value:
            return self._words("reports_page.both")
        return Words(Language(self.language.value))("app.this-language")

    def wish(self) -> Wish | None:
        """What is asked for; None where a field says what is missing."""
        kind, words = self.kind, self._words
        if kind is None:
            return None
        self.case_field.set_problem("")
        self.safety_field.set_problem("")
        case = plain(written(self.case_field)).upper() if kind.of_one_case else ""
        about = self.safety.value if kind.of_safety_case else ""
        period = self.period.take() if kind.of_period else None
        if kind.of_one_case and not case:
            self.case_field.set_problem(words("reports_page.case-needed"))
        if kind.of_safety_case and not about:
            self.safety_field.set_problem(words("reports_page.safety-case-needed"))
        fields = (self.case_field, self.safety_field, self.period)
        wrong = next((f for f in fields if f.isVisibleTo(self) and f.problem), None)
        if wrong is not None:
            wrong.setFocus()
            return None
        return Wish(
            kind,
            tuple(Language(part) for part in self.language.value.split("+")),
            self.chosen_cut,
            period,
            self.people.value == "identifiable",
            self.state.value == "final",
            case,
            about,
        )

    # ── what is done in it ───────────────────────────────────────────────────────

    def _show_cut(self) -> None:
        """What can be done with the cut that is chosen."""
        self.changes_button.setEnabled(bool(self.cut.value))
        if self.cut.value:
            self.cut_record.show_record(Signable.CUT, self.cut.value)
        else:
            self.cut_record.show_nothing()

    def _cut_called(self) -> str:
        """What it is called where it is signed."""
        return self._words("signing.cut-of", cut=self.cut.currentText())

    def _cut_chosen(self) -> None:
        self._show_cut()
        self.cut_chosen.emit()
        self.changed.emit()

    def _typed(self, text: str) -> None:
        """Cases that begin so hang below the field."""
        found = subject_ids(self._desk, SubjectQuery(text.strip())) if text else []
        self._cases.setStringList(found[:_SHOWN])

    def _people_chosen(self, value: str) -> None:
        if value == "identifiable" and not self._confirm_names():
            self.people.choose("pseudonymous")
