import pytest

from tests.builders import a_desk


@pytest.fixture
def desk(tmp_path):
    """A real encrypted registry, with a fixed clock and counted identities."""
    desk = a_desk(tmp_path / "site.registry")
    yield desk
    desk.close()
