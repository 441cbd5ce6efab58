import pytest

from registry_app.drawing.palette import PAPER
from registry_app.drawing.pen import Pen
from registry_app.words import Language, Words


@pytest.fixture
def pen():
    return Pen(
        PAPER, lambda text, size, bold: 0.6 * size * len(text), Words(Language.EN)
    )
