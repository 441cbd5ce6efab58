"""The pages of a PDF as pictures. PDFium is asked by one thread at a time."""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

#: PDFium has state of its own that is not made for threads.
_ONE = RLock()


class PdfPages:
    """An open PDF. `sizes`: width and height of each page in points.

    Made and asked outside the GUI thread; raises nothing for a file that is a PDF.
    """

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2  # not at start: a library of some megabytes

        with _ONE:
            self._document: PdfDocument = pypdfium2.PdfDocument(pdf)
            count = len(self._document)
            self.sizes = tuple(self._document.get_page_size(n) for n in range(count))

    def picture(self, page: int, scale: float) -> QImage:
        """A page, `scale` pixels to a point, on white paper."""
        with _ONE:
            one = self._document[page]
            made = one.render(scale=scale, prefer_bgrx=True)
            seen = QImage(
                bytes(made.buffer),
                made.width,
                made.height,
                made.stride,
                QImage.Format.Format_RGB32,
            )
            picture = seen.copy()  # else it would look into memory that goes
            made.close()
            one.close()
        return picture

    def __del__(self) -> None:
        """Let go of it, while nobody else asks PDFium for anything."""
        with _ONE:
            self._document.close()
