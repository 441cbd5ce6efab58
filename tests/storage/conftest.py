import pytest

from tests.builders import a_registry


@pytest.fixture
def path(tmp_path):
    return tmp_path / "site.registry"


@pytest.fixture
def desk(path):
    """A real encrypted registry, with a fixed clock and counted identities."""
    desk = a_registry(path)
    yield desk
    desk.close()


@pytest.fixture
def closed(path):
    """A registry that nobody has open."""
    a_registry(path).close()
    return path
