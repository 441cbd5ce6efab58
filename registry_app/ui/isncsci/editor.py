"""What is being edited, and where the examiner is: keys, clicks and strip act on it.

An `Editor` holds the sheet, the current item and the order of work. It decides what an
action does and where it leads; the widgets only show it and send it actions.
"""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject, Signal

from registry_app.domain.errors import Refused, RegistryError
from registry_app.domain.isncsci.segments import NON_KEY_ITEMS
from registry_app.domain.visit import Form, StarNote
from registry_app.domain.worksheet.entry import (
    Order,
    beside,
    column_of,
    neighbour,
    non_key_for,
    starred,
    walk,
)
from registry_app.domain.worksheet.sheet import Sheet, differing


class Editor(QObject):
    """The sheet under the hands of the examiner.

    written(items): those items are no longer as they were. told(): something about the
    exam changed (comment, assessor, own result …). moved(from, to): another item is the
    current one. refused(RegistryError): an action was not possible. star_asked(): the
    current score has a fresh star that asks for its reason.
    """

    written = Signal(object)
    told = Signal()
    moved = Signal(str, str)
    refused = Signal(object)
    star_asked = Signal()

    def __init__(
        self,
        form: Form,
        previous: Mapping[str, str],
        order: Order = Order.COLUMNS,
    ) -> None:
        super().__init__()
        self.sheet, self.previous, self.order = Sheet(form), previous, order
        self.current = walk(order)[0]
        self.locked = False
        #: Items typed one after the other, to be taken back in turn, and whether
        #: typing changed anything there.
        self._typed: list[tuple[str, bool]] = []
        #: Where typing goes on once the star of the score before has been answered.
        self._resume = ""

    @property
    def form(self) -> Form:
        """The form as it is now."""
        return self.sheet.form

    # ── where ────────────────────────────────────────────────────────────────────

    def go(self, item: str) -> None:
        """Make an item the current one."""
        self._typed.clear()
        self._resume = ""
        self._go(item)

    def _go(self, item: str) -> None:
        before, self.current = self.current, item
        if before != item:
            self.moved.emit(before, item)

    def step(self, steps: int) -> bool:
        """Go on (or back) in the order of work; whether there was somewhere to go."""
        before = self.current
        self.go(neighbour(before, self.order, steps))
        return self.current != before

    def move(self, right: int, down: int) -> None:
        """Go to the item beside this one."""
        self.go(beside(self.current, right, down))

    def to_end(self, last: bool, whole: bool) -> None:
        """Go to the first or last item of the column, or of the whole sheet."""
        cells = walk(self.order) if whole else column_of(self.current)
        if cells:
            self.go(cells[-1 if last else 0])

    def to_problem(self) -> None:
        """Go to the next item that needs somebody."""
        problem = self.sheet.next_problem(self.current, self.order)
        if problem is not None:
            self.go(problem)
            if problem in self.form.unanswered:
                self.star_asked.emit()

    # ── what ─────────────────────────────────────────────────────────────────────

    def type(self, text: str) -> None:
        """Write what was typed and go on; a non-key muscle waits for more."""
        item, before = self.current, self.form
        if item in NON_KEY_ITEMS:
            self._type_non_key(item, text)
        elif self._do(lambda sheet: sheet.write(item, text)):
            self._typed.append((item, before != self.form))
            self._go(neighbour(item, self.order, 1))

    def _type_non_key(self, item: str, text: str) -> None:
        segment = non_key_for(text, self.sheet.value(item))
        if segment is not None:
            self._do(lambda sheet: sheet.write(item, segment))
        elif text == "0":
            self._do(lambda sheet: sheet.clear(item))
            self.step(1)

    def put(self, item: str, value: str) -> None:
        """Write a value that was pointed at; the empty text clears."""
        self.go(item)
        if value:
            self._do(lambda sheet: sheet.write(item, value))
        else:
            self.clear()

    def clear(self) -> None:
        """Take away what is written here, and stay."""
        self._typed.clear()
        self._do(lambda sheet: sheet.clear(self.current))

    def take_back(self) -> None:
        """Take back the score typed last; where none was, clear here or just before."""
        if self._typed:
            item, changed = self._typed.pop()
            if not changed or self._do(lambda sheet: sheet.undo()):
                self._go(item)
            return
        if not self.sheet.value(self.current):
            self._go(neighbour(self.current, self.order, -1))
        self._do(lambda sheet: sheet.clear(self.current))

    def star(self) -> None:
        """Put a star at a score and ask for its reason, or take it away.

        The score typed just before is meant, else the current one.
        """
        here = self.current
        item = self._typed[-1][0] if self._typed else here
        if not self._do(lambda sheet: sheet.toggle_star(item)):
            return
        self.go(item)
        if starred(self.sheet.value(item)):
            self._resume = here
            self.star_asked.emit()

    def resume(self) -> None:
        """Back from the note of a star to the place where one was typing."""
        if self._resume:
            self.go(self._resume)

    def answer_star(self, note: StarNote) -> None:
        """Answer for the star of the current score."""
        self._typed.clear()
        item = self.current
        self._do(lambda sheet: sheet.answer_star(item, note))

    def fill_down(self) -> None:
        """Fill the open cells below, and go to what comes after them."""
        self._typed.clear()
        before = self.form
        if self._do(lambda sheet: sheet.fill_down(self.current)):
            last = differing(before, self.form)[-1]
            self._go(neighbour(last, self.order, 1))

    def confirm(self, items: Collection[str] = ()) -> None:
        """Confirm filled cells: those named, or those of the column of this item."""
        self._typed.clear()
        cells = items or column_of(self.current)
        self._do(lambda sheet: sheet.confirm(cells))

    def write_own(self, field: str, value: str) -> None:
        """Write the examiner's own classification."""
        self._do(lambda sheet: sheet.write_own(field, value))

    def about(self, change: Callable[[Form], Form]) -> None:
        """Change what is said about the exam."""
        if self.locked:
            return
        before, self.sheet = self.form, self.sheet.about(change)
        if before != self.form:
            self.told.emit()

    def undo(self) -> None:
        """One operation back; the cursor goes to where it was."""
        self._back(lambda sheet: sheet.undo())

    def redo(self) -> None:
        """One operation forward again."""
        self._back(lambda sheet: sheet.redo())

    def kept(self, form: Form) -> None:
        """The form was stored: take over its version and status."""
        self.sheet = self.sheet.kept(form)

    def restart(self, form: Form) -> None:
        """Show another state of the form, such as the one that somebody else stored."""
        before = self.form
        self.sheet = Sheet(form)
        self._typed.clear()
        self.written.emit(differing(before, form))
        self.told.emit()

    def _back(self, change: Callable[[Sheet], Sheet]) -> None:
        self._typed.clear()
        before = self.form
        if self._do(change):
            items = differing(before, self.form)
            if items:
                self._go(items[0])

    def _do(self, change: Callable[[Sheet], Sheet]) -> bool:
        """Apply an operation; False, and a sentence, if it is not possible."""
        if self.locked:
            self.refused.emit(Refused("worksheet.locked"))
            return False
        before = self.form
        try:
            sheet = change(self.sheet)
        except RegistryError as refusal:
            self.refused.emit(refusal)
            return False
        self.sheet = sheet
        if before.own != self.form.own:
            self.told.emit()
        items = differing(before, self.form)
        if items:
            self.written.emit(items)
        return True
