"""A paper as it was filed, page by page."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from registry_app.ui.look import Look
from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.pdf_view import PdfView
from registry_app.ui.widgets import button, column, label, row
from registry_app.words import Words


class PdfDialog(QDialog):
    """As high as the screen; Escape closes it.

    `body`: the pages, and what is beside them; `whole`: all of it, one under the other.
    """

    def __init__(
        self, parent: QWidget, words: Words, look: Look, title: str, pages: PdfPages
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(title)
        self.view = PdfView(words, look)
        self.place = label(look, "", "text2", "caption")
        close = button(look, words("app.close"), "", self.reject)
        self.body = row(self.view, gap=12)
        self.whole = column(
            row(label(look, title, role="title"), None, self.place, close),
            self.body,
            margins=(12, 10, 12, 12),
        )
        self.whole.setStretch(1, 1)
        self.setLayout(self.whole)
        self.view.turned.connect(self._turned)
        self.view.show_pages(pages)
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(look.px(820), room.width()), room.height() - look.px(60))
        self.view.setFocus()

    def _turned(self, page: int, pages: int) -> None:
        told = {"page": page + 1, "pages": pages}
        self.place.setText(self._words("reports_page.page-of", **told))
