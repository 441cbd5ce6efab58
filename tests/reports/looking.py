"""What stands on the pages of a PDF, and where."""

import contextlib

import pypdfium2

from registry_app.reports.sheet import HEIGHT, LEFT, MEASURE

POINTS = 72 / 25.4


def pages(pdf):
    """The text of each page."""
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def outside(pdf):
    """Every character that is not wholly between the margins."""
    found = []
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as opened:
        for number, page in enumerate(opened, 1):
            text = page.get_textpage()
            for n in range(text.count_chars()):
                left, bottom, right, top = (v / POINTS for v in text.get_charbox(n))
                seen = right > left and top > bottom
                across = left >= LEFT - 0.3 and right <= LEFT + MEASURE + 0.3
                if seen and not (across and bottom > 7 and top < HEIGHT - 8):
                    found.append((number, text.get_text_range(n, 1), left, right))
    return found
