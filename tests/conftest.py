"""What every test stands on: no display, no chance, nothing of the user's own."""

import gc
import os

import pytest
from hypothesis import settings

from tests.builders import a_furnished_desk, nothing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")


def pytest_collection_finish():
    """What was imported stays: the search for garbage need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    """Settings and logs of a test go to a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def furnish():
    """What the registry of a test begins with: another function of a desk, or this."""
    return nothing


@pytest.fixture
def furnished(tmp_path, furnish):
    desk, given = a_furnished_desk(tmp_path / "site.registry", furnish)
    yield desk, given
    desk.close()


@pytest.fixture
def desk(furnished):
    """A real encrypted registry, with a fixed clock and counted identities."""
    return furnished[0]


@pytest.fixture
def given(furnished):
    """What `furnish` gave."""
    return furnished[1]
