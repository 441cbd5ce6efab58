"""Pages as pictures: on a screen what was changed after the lock is red as well."""

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtGui import QImage

from registry_app.domain.evaluation import Evaluation, OtherWindow
from registry_app.domain.figures.plan_items import OTHER_WINDOW
from registry_app.domain.report import Kind
from registry_app.paths import ROOT
from registry_app.services.evaluation import lock_evaluation, save_evaluation
from registry_app.services.reports import make_report
from registry_app.ui.pdf_pages import PdfPages
from registry_app.words import Language
from tests.builders import a_registry


@pytest.fixture
def desk(tmp_path):
    desk = a_registry(tmp_path / "site.registry", pack="msc-iv-sci")
    yield desk
    desk.close()


def amended(desk):
    first = save_evaluation(desk, Evaluation("", "first", date(2026, 4, 1), ""))
    lock_evaluation(desk, first.id, "board")
    said = {**first.definitions, OTHER_WINDOW: OtherWindow.OMIT.value}
    second = replace(first, id="", label="second", why="made up", version=0)
    save_evaluation(desk, replace(second, definitions=said))


def red_dots(picture):
    """Dots that are clearly red: paper and ink are grey."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB888)
    wide, line = 3 * plain.width(), plain.bytesPerLine()
    dots = bytes(plain.constBits())
    found = 0
    for y in range(plain.height()):
        row = dots[y * line : y * line + wide]
        pairs = zip(row[::3], row[1::3], strict=True)
        found += sum(red > green + 60 for red, green in pairs)
    return found


@pytest.mark.parametrize("languages", [(Language.JA,), (Language.EN,)])
def test_an_amendment_after_the_lock_is_red_on_the_screen_and_grey_on_paper(
    qapp, desk, languages
):
    def pages():
        made = make_report(desk, Kind.EVALUATION, languages, draft=True)
        return PdfPages(made.pdf)

    plain = pages()
    after_cover = range(1, len(plain.sizes))  # there the mark is explained
    assert not any(red_dots(plain.on_screen(n, 0.6)) for n in after_cover)
    amended(desk)
    told = pages()

    reds = [red_dots(told.on_screen(n, 0.6)) for n in range(1, len(told.sizes))]
    assert sum(map(bool, reds)) >= 2
    assert not any(red_dots(told.picture(n, 0.6)) for n in range(len(told.sizes)))


def test_pages_that_are_still_shown_are_closed_as_the_program_ends(tmp_path):
    script = (
        "import pypdfium2\nfrom io import BytesIO\n"
        "from registry_app.ui.pdf_pages import PdfPages\n"
        "made = pypdfium2.PdfDocument.new()\nmade.new_page(10, 10)\n"
        "out = BytesIO()\nmade.save(out)\nmade.close()\n"
        "shown = PdfPages(out.getvalue())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert (ran.stdout, ran.stderr) == ("", "")
