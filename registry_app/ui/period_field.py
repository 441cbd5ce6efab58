"""A period as a field: its first and its last day."""

from datetime import date

from registry_app.domain.dates import read_date
from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import plain
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.ui.widgets import Inside, label, restyle, row
from registry_app.words import Words

Period = tuple[date, date]


class PeriodField(Field):
    """Any Japanese or western way of writing a day; nothing in both: no period."""

    def __init__(self, look: Look, words: Words, name: str) -> None:
        self._words = words
        self.first = Line(look, words("reports_page.period-first"), plain=True)
        self.last = Line(look, words("reports_page.period-last"), plain=True)
        to = label(look, words("reports_page.period-to"), "text2")
        both = Inside(row(self.first, to, self.last, gap=6))
        super().__init__(look, name, both)
        self._below.setWordWrap(True)  # it is as narrow as its two lines
        self.setFocusProxy(self.first)
        for line in (self.first, self.last):
            line.textEdited.connect(lambda _text: self.set_problem(""))
            line.editingFinished.connect(self._leave)

    def show_period(self, period: Period | None) -> None:
        """Write these days."""
        self.set_problem("")
        for line, day in zip((self.first, self.last), period or ("", ""), strict=True):
            line.setText(str(day))

    def _leave(self) -> None:
        """Once both are written they are read; before that nothing is missed."""
        if plain(self.first.text()) and plain(self.last.text()):
            self.take()

    def take(self) -> Period | None:
        """The period; None if there is none, or if there is a `problem`."""
        self.set_problem("")
        days = []
        for line in (self.first, self.last):
            text = plain(line.text())
            if not text:
                continue
            try:
                day = read_date(text)
            except InvalidValue as refusal:
                self._wrong(line, self._words.say(refusal.message))
                return None
            line.setText(day.isoformat())
            days.append(day)
        if len(days) == 1:
            empty = self.last if plain(self.first.text()) else self.first
            self._wrong(empty, self._words("reports_page.period-half"))
            return None
        if not days:
            return None
        first, last = days
        if last < first:
            self._wrong(self.last, self._words("reports_page.period-backwards"))
            return None
        return first, last

    def set_problem(self, text: str) -> None:
        """Say what is wrong; the empty text takes it back from both lines."""
        super().set_problem(text)
        if not text:
            for line in (self.first, self.last):
                restyle(line, wrong="false")

    def _wrong(self, line: Line, text: str) -> None:
        self.set_problem(text)
        restyle(line, wrong="true")
        self.setFocusProxy(line)
