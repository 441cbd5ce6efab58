"""Filling in a sheet: each operation takes one state of the form and gives the next.

A `Sheet` is the form as it is being written, with the states before it. Nothing here
knows a key or a screen; what an examiner may type is in `entry`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self, TypeVar

from registry_app.domain.errors import Refused
from registry_app.domain.isncsci.segments import ITEMS, NEEDED_ITEMS
from registry_app.domain.visit import Form, How, StarNote
from registry_app.domain.worksheet.entry import (
    Order,
    below,
    can_star,
    column_of,
    parse,
    shown,
    starred,
    walk,
)

T = TypeVar("T")

#: Steps that can be taken back: more than a whole sheet and its corrections.
UNDO_STEPS: Final = 400


def _others(known: Mapping[str, T], items: Collection[str]) -> dict[str, T]:
    return {item: what for item, what in known.items() if item not in items}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form being filled in, and the states to go back and forward to."""

    form: Form
    past: tuple[Form, ...] = ()
    future: tuple[Form, ...] = ()

    # ── reading ──────────────────────────────────────────────────────────────────

    def value(self, item: str) -> str:
        """What is written at an item; empty if it is open."""
        return self.form.values.get(item, "")

    def filled(self, items: Collection[str] = ITEMS) -> tuple[str, ...]:
        """The items that were filled down and not confirmed yet."""
        how = self.form.how
        return tuple(i for i in items if how.get(i) is How.FILLED)

    @property
    def missing(self) -> tuple[str, ...]:
        """The items that a classification needs and that are still open."""
        return tuple(item for item in NEEDED_ITEMS if item not in self.form.values)

    def next_problem(self, item: str, order: Order) -> str | None:
        """The next item after this one that needs somebody: star, fill or open cell.

        Goes round once; None if nothing is left to do.
        """
        asked = {*self.form.unanswered, *self.filled(), *self.missing}
        way = walk(order)
        here = way.index(item) + 1
        return next((i for i in (*way[here:], *way[:here]) if i in asked), None)

    # ── writing ──────────────────────────────────────────────────────────────────

    def write(self, item: str, text: str) -> Self:
        """Write what was typed; a star is undecided, ``**`` considers it normal."""
        value = parse(item, text)
        note = StarNote(normal=True) if value.endswith("**") else StarNote()
        return self._put({item: value}, {}, {item: note} if starred(value) else {})

    def toggle_star(self, item: str) -> Self:
        """Put a star at the value, or take it away together with its note."""
        value = self.value(item)
        if starred(value):
            return self._put({item: value.rstrip("*")}, self._how(item), {})
        if not value:
            raise Refused("worksheet.star-needs-value")
        if not can_star(item, value):
            raise Refused("worksheet.no-star", value=value)
        return self._put({item: f"{value}*"}, self._how(item), {item: StarNote()})

    def star_run(self, item: str) -> tuple[str, ...]:
        """The starred cell and the equal ones directly below that share its note.

        A cell below whose star was answered differently ends the run: an answer is
        never replaced unseen.
        """
        value = shown(self.value(item))
        if not starred(value):
            return ()
        none = StarNote()
        mine = self.form.stars.get(item, none)
        run = [item]
        for cell in below(item):
            note = self.form.stars.get(cell, none)
            if shown(self.value(cell)) != value or (note.answered and note != mine):
                break
            run.append(cell)
        return tuple(run)

    def answer_star(self, item: str, note: StarNote) -> Self:
        """Say why a score is starred, and how to consider it; for its whole run."""
        run = self.star_run(item)
        if not run:
            raise Refused("worksheet.star-needs-value")
        plain = self.value(item).rstrip("*")
        value = f"{plain}**" if note.normal else f"{plain}*"
        how = {cell: self.form.how[cell] for cell in run if cell in self.form.how}
        return self._put(dict.fromkeys(run, value), how, dict.fromkeys(run, note))

    def clear(self, item: str) -> Self:
        """Take away what is written at an item."""
        return self._put({item: ""}, {}, {})

    def fill_source(self, item: str) -> str | None:
        """Where a fill at this item takes its value: here, or the cell just above."""
        if self.value(item):
            return item
        cells = column_of(item)
        above = cells[cells.index(item) - 1] if cells and cells[0] != item else ""
        return above if above and self.value(above) else None

    def fill_down(self, item: str) -> Self:
        """Copy a score into the open cells below, down to the next written one.

        Every cell so written is marked as filled until somebody confirms it.
        """
        source = self.fill_source(item)
        if source is None:
            raise Refused("worksheet.nothing-to-copy")
        cells = []
        for cell in below(source):
            if self.value(cell):
                break
            cells.append(cell)
        if not cells:
            raise Refused("worksheet.nothing-below")
        note = self.form.stars.get(source)
        return self._put(
            dict.fromkeys(cells, self.value(source)),
            dict.fromkeys(cells, How.FILLED),
            dict.fromkeys(cells, note) if note else {},
        )

    def confirm(self, items: Collection[str]) -> Self:
        """Say of filled cells that they were examined; other cells are left alone."""
        fills = self.filled(items)
        if not fills:
            raise Refused("worksheet.nothing-filled")
        how = {i: h for i, h in self.form.how.items() if i not in fills}
        return self._step(replace(self.form, how=how))

    def write_own(self, field: str, value: str) -> Self:
        """Write the examiner's own classification (``nli``, ``ais``); empty clears."""
        own = {k: v for k, v in self.form.own.items() if k != field}
        return self._step(
            replace(self.form, own=own | ({field: value} if value else {}))
        )

    def about(self, change: Callable[[Form], Form]) -> Self:
        """Change what is said about the exam (comment, assessor …); no step to undo."""
        return replace(self, form=change(self.form))

    # ── there and back ───────────────────────────────────────────────────────────

    def undo(self) -> Self:
        """The state before the last operation; the same sheet if there is none."""
        if not self.past:
            return self
        return replace(
            self,
            form=self._with_scores(self.past[-1]),
            past=self.past[:-1],
            future=(*self.future, self.form),
        )

    def redo(self) -> Self:
        """The operation taken back last, done again."""
        if not self.future:
            return self
        return replace(
            self,
            form=self._with_scores(self.future[-1]),
            past=(*self.past, self.form),
            future=self.future[:-1],
        )

    def kept(self, form: Form) -> Self:
        """The sheet after `form`, its own form, was stored: new version and status."""
        return replace(
            self,
            form=replace(self.form, version=form.version, status=form.status),
        )

    def _with_scores(self, other: Form) -> Form:
        return replace(
            self.form,
            values=other.values,
            how=other.how,
            stars=other.stars,
            own=other.own,
        )

    def _how(self, item: str) -> Mapping[str, How]:
        return {i: h for i, h in self.form.how.items() if i == item}

    def _put(
        self,
        values: Mapping[str, str],
        how: Mapping[str, How],
        stars: Mapping[str, StarNote],
    ) -> Self:
        """Replace all that is known of the named cells."""
        form = self.form
        written = {i: v for i, v in values.items() if v}
        return self._step(
            replace(
                form,
                values=_others(form.values, values) | written,
                how=_others(form.how, values) | dict(how),
                stars=_others(form.stars, values) | dict(stars),
            )
        )

    def _step(self, form: Form) -> Self:
        if form == self.form:
            return self
        past = (*self.past, self.form)[-UNDO_STEPS:]
        return replace(self, form=form, past=past, future=())


def differing(one: Form, other: Form) -> tuple[str, ...]:
    """The items that are not alike on two states of a form, in the order of ITEMS."""
    return tuple(
        i
        for i in ITEMS
        if one.values.get(i) != other.values.get(i)
        or one.how.get(i) != other.how.get(i)
        or one.stars.get(i) != other.stars.get(i)
    )
