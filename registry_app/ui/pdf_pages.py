"""The pages of a PDF as pictures. PDFium is asked by one thread at a time."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from registry_app.ui.look import Look, Theme
from registry_app.words import Language, Words

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

#: PDFium has state of its own that is not made for threads.
_ONE = RLock()
#: The documents that are open: pages may be shown as the program ends.
_OPEN: WeakSet[PdfPages] = WeakSet()


class PdfPages:
    """An open PDF. `sizes`: width and height of each page in points.

    Made and asked outside the GUI thread; raises nothing for a file that is a PDF.
    """

    def __init__(self, pdf: bytes) -> None:
        with _ONE:
            self._document = _opened(pdf)
            _OPEN.add(self)
            count = len(self._document)
            self.sizes = tuple(self._document.get_page_size(n) for n in range(count))

    def picture(self, page: int, scale: float) -> QImage:
        """A page, `scale` pixels to a point, on white paper."""
        return self._drawn(page, scale)[0]

    def on_screen(self, page: int, scale: float) -> QImage:
        """The same with one colour: what was changed after a plan was locked is red.

        The words say it; on paper they are all there is (no colour on paper).
        """
        picture, late = self._drawn(page, scale, marked=True)
        if late:
            red = Look(Theme.LIGHT).colour("overdue")  # the paper is white in both
            mode, grey = QPainter.CompositionMode, picture.copy()
            painter = QPainter(picture)
            for box in late:  # grey turns black, and black red; white stays
                painter.setCompositionMode(mode.CompositionMode_Multiply)
                painter.drawImage(box, grey, box)
                painter.setCompositionMode(mode.CompositionMode_Lighten)
                painter.fillRect(box, red)
            painter.end()
        return picture

    def _drawn(
        self, page: int, scale: float, *, marked: bool = False
    ) -> tuple[QImage, list[QRectF]]:
        """The picture, and if it is asked for where the marks of a change stand."""
        with _ONE, closing(self._document[page]) as one:
            made = one.render(scale=scale, prefer_bgrx=True)
            with closing(made):
                seen = QImage(
                    bytes(made.buffer),
                    made.width,
                    made.height,
                    made.stride,
                    QImage.Format.Format_RGB32,
                )
                picture = seen.copy()  # else it would look into memory that goes
            return picture, list(_marks(one, scale)) if marked else []

    def close(self) -> None:
        """Let go of it, while nobody else asks PDFium for anything."""
        with _ONE:
            self._document.close()

    def __del__(self) -> None:
        """Let go of it."""
        self.close()


def _marks(page: PdfPage, scale: float) -> Iterator[QRectF]:
    """Where a page says that something was changed after a plan was locked."""
    high = page.get_height() * scale
    with closing(page.get_textpage()) as text:
        for language in Language:
            with closing(text.search(Words(language)("document.after-lock"))) as found:
                while (at := found.get_next()) is not None:
                    for n in range(text.count_rects(*at)):
                        left, low, right, top = (x * scale for x in text.get_rect(n))
                        yield QRectF(left, high - top, right - left, top - low)


def _opened(pdf: bytes) -> PdfDocument:
    import pypdfium2  # not at start: a library of some megabytes

    _close_at_end()
    return pypdfium2.PdfDocument(pdf)


@cache
def _close_at_end() -> None:
    """What is still shown as the program ends is closed before PDFium itself goes."""
    atexit.register(_close_all)


def _close_all() -> None:
    for pages in list(_OPEN):
        pages.close()
