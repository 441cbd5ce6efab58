"""What still needs somebody: unanswered stars, unconfirmed fills, open cells, oddities.

A doubt never blocks: each has one action, and F8 goes from one to the next.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from registry_app.domain.isncsci.display import item_said
from registry_app.domain.isncsci.plausibility import warnings
from registry_app.domain.isncsci.result import Classification
from registry_app.domain.message import Message, say
from registry_app.domain.worksheet.entry import column_of
from registry_app.ui.isncsci.editor import Editor
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Glyph, Segments, button, column, label, row
from registry_app.words import Words

_NOTHING = Message("")
#: What `Doubts` asks as a question of its own.
_ASKED = "isncsci.doubt-e"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at: what, why, the word of its action, and where it is."""

    what: Message
    why: Message
    action: Message | None = None
    items: tuple[str, ...] = ()
    kind: str = "go"
    #: Whether the cells themselves are marked; fills and open cells show it already.
    marked: bool = False


def doubts(editor: Editor, result: Classification) -> list[Doubt]:
    """All doubts about the sheet as it is, the most pressing first."""
    sheet, found = editor.sheet, []
    stars = sheet.form.unanswered
    if stars:
        what = say("worksheet.doubt-stars", count=len(stars))
        why = say("worksheet.doubt-stars-why", item=item_said(stars[0]))
        found.append(Doubt(what, why, say("worksheet.answer"), stars))
    fills = sheet.filled()
    if fills:
        what = say("worksheet.doubt-fills", count=len(fills))
        why, action = say("worksheet.doubt-fills-why"), say("worksheet.confirm-column")
        found.append(Doubt(what, why, action, fills, "confirm"))
    missing = sheet.missing
    if missing:
        what = say("worksheet.doubt-missing", count=len(missing))
        why = say("worksheet.doubt-missing-why", item=item_said(missing[0]))
        found.append(Doubt(what, why, say("worksheet.go-there"), missing))
    form = sheet.form
    # A starred one has its reason in its note.
    unsaid = [i for i, v in form.values.items() if v == "NT"]
    if unsaid and not form.comment.strip():
        what = say("worksheet.doubt-nt", count=len(unsaid))
        why = say("worksheet.doubt-nt-why", item=item_said(unsaid[0]))
        go = say("worksheet.go-there")
        found.append(Doubt(what, why, go, tuple(unsaid), "comment"))
    odd = say("worksheet.doubt-odd")
    return [
        *found,
        *(Doubt(odd, w) for w in warnings(form.exam, result) if w.key != _ASKED),
    ]


class DoubtRow(QWidget):
    """One doubt with its action; used again for the next one, so nothing flickers."""

    def __init__(
        self, words: Words, look: Look, act: Callable[[Doubt], object]
    ) -> None:
        super().__init__()
        self._words, self._act, self._doubt = words, act, Doubt(_NOTHING, _NOTHING)
        self.what = label(look, "", weight=MEDIUM)
        self.why = label(look, "", "text2", "caption")
        self.what.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.why.setWordWrap(True)
        self.button = button(look, "", "small", lambda: self._act(self._doubt))
        both = column(self.what, self.why, gap=0)
        line = row(Glyph(look, "due"), both, self.button, gap=6)
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_doubt(self, doubt: Doubt) -> None:
        """Show another doubt."""
        say_, self._doubt = self._words.say, doubt
        self.what.setText(say_(doubt.what))
        self.why.setText(say_(doubt.why))
        self.why.setToolTip(say_(doubt.why))
        self.button.setVisible(doubt.action is not None)
        if doubt.action is not None:
            self.button.setText(say_(doubt.action))


class Doubts(QWidget):
    """The list of doubts, and the question that grade E asks.

    comment_asked(): the comment is where a doubt is settled.
    """

    comment_asked = Signal()

    def __init__(self, editor: Editor, words: Words, look: Look) -> None:
        super().__init__()
        self._editor, self._words, self._look = editor, words, look
        self.found: Sequence[Doubt] = ()
        self.title = label(look, "", "text2", "caption", MEDIUM)
        hint = label(look, words("worksheet.next-problem"), "text3", "caption")
        name = words("worksheet.prior-deficit")
        answers = [("yes", words("worksheet.yes")), ("no", words("worksheet.no"))]
        self.prior = Segments(look, answers, name, optional=True)
        self.prior.chosen.connect(self._on_prior)
        asked = label(look, name, weight=MEDIUM)
        self._asked = QWidget()
        self._asked.setLayout(row(Glyph(look, "due"), asked, None, self.prior, gap=6))
        self._shown: list[DoubtRow] = []
        self._rows = column(gap=look.px(4))
        self._none = label(look, words("worksheet.no-doubts"), "text3", "caption")
        self.setLayout(
            column(
                row(self.title, None, hint), self._asked, self._none, self._rows, gap=4
            )
        )

    def show_doubts(self, found: Sequence[Doubt], result: Classification) -> None:
        """Show what is doubtful about the sheet now."""
        possible = "E" in result["ais"].values and not result.missing
        self._asked.setVisible(possible)
        answers = {True: "yes", False: "no", None: ""}
        self.prior.choose(answers[self._editor.form.prior_deficit])
        if found == self.found and self.title.text():
            return
        self.found = found
        self.title.setText(self._words("worksheet.doubts", count=len(found)))
        self._none.setVisible(not found and not possible)
        while len(self._shown) < len(found):
            made = DoubtRow(self._words, self._look, self._act)
            self._rows.addWidget(made)
            self._shown.append(made)
        for number, made in enumerate(self._shown):
            made.setVisible(number < len(found))
            if number < len(found):
                made.show_doubt(found[number])

    def _act(self, doubt: Doubt) -> None:
        editor = self._editor
        column_ = set(column_of(editor.current))
        if doubt.kind == "confirm" and column_ & set(doubt.items):
            editor.confirm()
            return
        if doubt.kind == "comment":
            self.comment_asked.emit()
            return
        editor.go(doubt.items[0])
        if doubt.items[0] in editor.form.unanswered:
            editor.star_asked.emit()

    def _on_prior(self, answer: str) -> None:
        deficit = {"yes": True, "no": False}.get(answer)
        self._editor.about(lambda form: replace(form, prior_deficit=deficit))
