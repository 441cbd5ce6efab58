"""Send a PDF to a printer, page by page as the preview shows it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from registry_app.ui.pdf_pages import PdfPages

#: Dots to the inch: what a form is legible at, and no page takes a second.
_DPI = 300


def print_pdf(parent: QWidget, title: str, pages: PdfPages) -> bool:
    """Ask for the printer and print; False where one rather not."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setFromTo(1, len(pages.sizes))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    if not dialog.exec():
        return False
    paint_pages(printer, pages)
    return True


def paint_pages(printer: QPrinter, pages: PdfPages) -> None:
    """Every page that was asked for, upright or across as it is."""
    first = max(printer.fromPage(), 1)
    last = min(printer.toPage() or len(pages.sizes), len(pages.sizes))
    painter: QPainter | None = None
    for number in range(first - 1, last):
        wide, high = pages.sizes[number]
        way = QPageLayout.Orientation
        printer.setPageOrientation(way.Landscape if wide > high else way.Portrait)
        if painter is None:
            painter = QPainter(printer)
        else:
            printer.newPage()
        picture = pages.picture(number, _DPI / 72)
        paper = printer.paperRect(QPrinter.Unit.DevicePixel)
        scale = min(paper.width() / picture.width(), paper.height() / picture.height())
        size = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        painter.drawImage(size, picture)
    if painter is not None:
        painter.end()
