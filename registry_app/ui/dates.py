"""A day as a field: any Japanese or western way of writing, both calendars shown."""

from datetime import date

from registry_app.domain.dates import in_era, read_date
from registry_app.domain.errors import InvalidValue
from registry_app.domain.names import plain
from registry_app.ui.inputs import Field, Line
from registry_app.ui.look import Look
from registry_app.words import Words

#: What stands for today, as in other programs of the clinic.
_TODAY = frozenset({"T", "+"})


class DateField(Field):
    """Reads the day when the field is left; what cannot be read stays as it was typed.

    `today` is given, never asked of the machine; a day after it is a problem, unless
    the field is of the `future`.
    """

    future = False

    def __init__(
        self,
        look: Look,
        words: Words,
        name: str,
        today: date,
        value: date | None = None,
    ) -> None:
        self.line = Line(look, name, plain=True)
        super().__init__(look, name, self.line, words("date.hint"))
        self._words, self._today, self._value = words, today, value
        if value is not None:
            self._show(value)
        self.line.editingFinished.connect(self._leave)

    def _leave(self) -> None:
        self.take()

    def _show(self, day: date) -> None:
        self.line.setText(day.isoformat())
        era = in_era(day)
        both = self._words("date.both", iso=day.isoformat(), era=era) if era else ""
        self.set_hint(both)

    def show_day(self, day: date | None) -> None:
        """Show another day, or none."""
        self.set_problem("")
        if day is None:
            self.line.clear()
            self.set_hint(self._words("date.hint"))
        else:
            self._show(day)

    @property
    def written(self) -> date | None:
        """The day that can be read now, while one types; nothing is said of it."""
        try:
            return read_date(plain(self.line.text()))
        except InvalidValue:
            return None

    def take(self, required: bool = False) -> date | None:
        """The day; None if there is none, or if there is a `problem`."""
        words, written = self._words, plain(self.line.text())
        self.set_problem("")
        if not written:
            self.set_hint(words("date.hint"))
            if required:
                self.set_problem(words("date.missing"))
            return None
        try:
            day = self._today if written.upper() in _TODAY else read_date(written)
        except InvalidValue as refusal:
            self.set_problem(words.say(refusal.message))
            return None
        self._show(day)
        if day > self._today and not self.future:
            self.set_problem(words("date.future"))
            return None
        return day
