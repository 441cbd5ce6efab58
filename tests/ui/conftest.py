from pathlib import Path

import pytest
from PySide6.QtCore import QEvent

from registry_app.ui.changes import Changes
from registry_app.ui.look import Look, load_fonts
from registry_app.words import Language, Words


def pytest_collection_modifyitems(items):
    """What the offscreen plug-in cannot do (sizes, raising) means nothing here."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(scope="session")
def look(qapp):
    """The light look, applied to the application of the tests."""
    load_fonts()
    made = Look()
    made.apply(qapp)
    return made


@pytest.fixture(autouse=True)
def _ended(qapp):
    """A window that was closed is gone, and its timers with it, before the next test.

    Without an event loop it would wait, and save into a registry that is closed.
    """
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def words():
    return Words(Language.EN)


@pytest.fixture
def changes():
    return Changes()
