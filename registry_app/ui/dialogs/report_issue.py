"""Before a report is issued: what it will be, what is empty in it, what for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from registry_app.ui.dialogs.dialog import Dialog
from registry_app.ui.frame import Strip
from registry_app.ui.look import MEDIUM, Look
from registry_app.ui.widgets import Inside, column, label, row
from registry_app.words import Words


class IssueDialog(Dialog):
    """`facts`: pairs of what and how. `warning`: what one should know before."""

    def __init__(
        self,
        parent: QWidget,
        words: Words,
        look: Look,
        name: str,
        told: Sequence[tuple[str, str]],
        warnings: Sequence[str],
    ) -> None:
        super().__init__(parent, words, look, [])
        lines = []
        for what, how in told:
            said = label(look, what, "text2", "caption", MEDIUM)
            said.setFixedWidth(look.px(130))
            line = row(said, label(look, how, wrap=True))
            line.setStretch(1, 1)
            lines.append(line)
        self.warnings = []
        for warning in warnings:
            strip = Strip(words, look)
            strip.say("due", warning)
            self.warnings.append(strip)
        self.lay_out(
            words("reports_page.issue-title"),
            words("reports_page.issue-go"),
            label(look, name, weight=MEDIUM, wrap=True),
            4,
            Inside(column(*lines, gap=4)),
            6,
            *self.warnings,
            label(
                look, words("reports_page.issue-what"), "text2", "caption", wrap=True
            ),
            10,
        )
        self.go.setFocus()
