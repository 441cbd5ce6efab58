import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from registry_app.cli.main import main
from tests.builders import PASSWORD, a_desk


@dataclass
class Ran:
    """What a command has left: exit status, and what it printed where."""

    status: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def windows():
    """The files that a window was opened on."""
    return []


@pytest.fixture
def command(capsys, monkeypatch, windows):
    """Run the program with these arguments, in English, with the known password."""
    monkeypatch.setenv("REGISTRY_PASSWORD", PASSWORD)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def window(path: Path | None) -> int:
        windows.append(path)
        return 0

    def run(*argv):
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in argv], window)
        except SystemExit as end:
            status = end.code
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def registry(tmp_path):
    """An empty registry that nobody has open."""
    desk = a_desk(tmp_path / "site.registry")
    desk.close()
    return desk.path
