import pypdfium2
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter

from registry_app.ui.pdf_pages import PdfPages
from registry_app.ui.pdf_print import paint_pages
from tests.ui.test_pdf_view import A4, a_pdf


def printed(qtbot, place, first=1, last=3):
    """The pages of a printer that prints into a file."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(place))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setFromTo(first, last)
    paint_pages(printer, PdfPages(a_pdf(A4, (842, 595), A4)))
    document = pypdfium2.PdfDocument(place)
    sizes = [document.get_page_size(n) for n in range(len(document))]
    document.close()
    return sizes


def test_every_page_is_printed_upright_or_across_as_it_is(qtbot, tmp_path):
    sizes = printed(qtbot, tmp_path / "out.pdf")

    assert [wide > high for wide, high in sizes] == [False, True, False]


def test_only_the_pages_that_were_asked_for_are_printed(qtbot, tmp_path):
    assert len(printed(qtbot, tmp_path / "out.pdf", 2, 2)) == 1
