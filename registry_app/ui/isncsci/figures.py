"""Grade, level and completeness in large type, and the levels by side."""

from PySide6.QtGui import QFontMetricsF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from registry_app.domain.isncsci.display import compact
from registry_app.domain.isncsci.result import Classification, Possible
from registry_app.ui.isncsci.terms import level_name, possible_text
from registry_app.ui.look import BOLD, MEDIUM, REGULAR, Look
from registry_app.ui.widgets import Glyph, column, label, restyle, row
from registry_app.words import Words

_LEVELS = (
    ("sensory", "sensory_right", "sensory_left"),
    ("motor", "motor_right", "motor_left"),
    ("zpp-motor", "zpp_motor_right", "zpp_motor_left"),
    ("zpp-sensory", "zpp_sensory_right", "zpp_sensory_left"),
)


class Figure(QWidget):
    """One result in large type; below it whether it is certain."""

    def __init__(self, words: Words, look: Look, field: str, role: str) -> None:
        super().__init__()
        self._words, self.field = words, field
        caption = label(look, words(f"worksheet.figure-{field}"), "text2", "caption")
        self._fonts = [
            *([look.font("figure", BOLD)] if role == "figure" else ()),
            *(look.font("title", MEDIUM), look.font("body", MEDIUM)),
        ]
        self.value = label(look, "")
        self.value.setFixedHeight(look.px(32))
        self.value.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._glyph = Glyph(look, "open")
        self.note = label(look, "", "text2", "caption")
        note = row(self._glyph, self.note, None, gap=3)
        self.setLayout(column(caption, self.value, note, gap=0))

    def show_result(self, text: str, certain: bool, note: str) -> None:
        """Show a result."""
        self.value.setText(text)
        self.value.setToolTip(text)
        self._fit()
        self.note.setText(note)
        status = "done" if certain else "due"
        if self._glyph.status != status:
            self._glyph.status = status
            self._glyph.update()
            restyle(self.note, ink=status)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the type."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """The style sheet has its say when a label is first shown; then it is ours."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The largest type in which all of it is seen."""
        for font in self._fonts:
            self.value.setFont(font)
            wide = QFontMetricsF(font).horizontalAdvance(self.value.text())
            if wide <= self.width():
                break


class Figures(QWidget):
    """The three figures side by side."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words = words
        self.ais = Figure(words, look, "ais", "figure")
        self.nli = Figure(words, look, "nli", "figure")
        self.completeness = Figure(words, look, "completeness", "title")
        made = row(self.ais, self.nli, self.completeness, gap=8)
        for part, share in enumerate((13, 12, 13)):
            made.setStretch(part, share)
        self.setLayout(made)

    def show_result(self, result: Classification, prior_deficit: bool | None) -> None:
        """Show grade, level and completeness, each with what is open about it."""
        words = self._words
        for figure in (self.ais, self.nli, self.completeness):
            possible = result[figure.field]
            text = possible_text(words, figure.field, possible)
            text = text[:1].upper() + text[1:]
            if figure is self.completeness and not possible.certain:
                # All of it does not fit beside the other figures.
                text = words("worksheet.completeness-open")
            figure.show_result(text, possible.certain, self._note(possible))
        if result["ais"].values == ("E",) and prior_deficit is False:
            # Grade E says that a deficit recovered; without one there is no grade.
            text, note = words("worksheet.no-grade"), words("worksheet.never-deficit")
            self.ais.show_result(text, True, note)

    def _note(self, possible: Possible) -> str:
        if possible.star:
            return self._words("worksheet.starred")
        certain = "certain" if possible.certain else "still-open"
        return self._words(f"worksheet.{certain}")


class Levels(QWidget):
    """Sensory and motor level and zones, right and left."""

    def __init__(self, words: Words, look: Look) -> None:
        super().__init__()
        self._words = words
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setHorizontalSpacing(look.px(4))
        for place, side in ((1, "R"), (2, "L")):
            head = label(look, words(f"worksheet.short-{side}"), "text3", "caption")
            grid.addWidget(head, 0, place)
        grid.setRowMinimumHeight(0, look.px(18))
        cells = {}
        self._caption = look.px(62)
        for line, (name, right, left) in enumerate(_LEVELS, 1):
            caption = label(look, words(f"worksheet.level-{name}"), "text2", "caption")
            caption.setFixedWidth(self._caption)
            grid.addWidget(caption, line, 0)
            grid.setRowMinimumHeight(line, look.px(21))
            for place, field in ((1, right), (2, left)):
                cell = label(look, "", "text1", "body", MEDIUM)
                cell.setSizePolicy(
                    QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
                )
                grid.addWidget(cell, line, place)
                cells[field] = cell
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self._cells = cells
        self._shown: dict[str, Possible] = {}
        self._fonts = {
            True: look.font("body", MEDIUM),
            False: look.font("caption", REGULAR),
        }
        self.setLayout(grid)

    def showEvent(self, event: QShowEvent) -> None:
        """The style sheet has its say when a label is first shown; then it is ours."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room for the words."""
        super().resizeEvent(event)
        self._fit()

    def text(self, field: str) -> str:
        """What is shown for a field."""
        return self._cells[field].text()

    def show_result(self, result: Classification) -> None:
        """Show the levels of a result."""
        for field in self._cells:
            if self._shown.get(field) != result[field]:
                self._shown[field] = result[field]
                self._show(field)

    def _fit(self) -> None:
        for field in self._shown:
            self._show(field)

    def _show(self, field: str) -> None:
        """All the values; where they are too many for the room, what they lie in."""
        cell, possible, words = self._cells[field], self._shown[field], self._words
        ink = "text3" if possible.values == ("NA",) else "text1"
        if cell.property("ink") != ink:
            restyle(cell, ink=ink)
        font = self._fonts[possible.certain and possible.values != ("NA",)]
        text = compact(possible)
        room = (self.width() - self._caption) / 2
        if QFontMetricsF(font).horizontalAdvance(text) > room:
            first, last = (level_name(possible.values[end]) for end in (0, -1))
            star = "*" if possible.star else ""
            text = words("worksheet.within", first=first, last=last) + star
        cell.setFont(font)
        cell.setText(text)
        cell.setToolTip(possible_text(words, field, possible))
