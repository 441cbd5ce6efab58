"""What `make` runs beside the program still fits the program."""

import importlib.util

import pytest

from registry_app.paths import ROOT

SCRIPTS = sorted(path.stem for path in (ROOT / "packaging").glob("*.py"))


@pytest.fixture
def script(monkeypatch):
    """A script of packaging/, imported as `make` runs it."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))

    def loaded(name):
        place = ROOT / "packaging" / f"{name}.py"
        found = importlib.util.spec_from_file_location(name, place)
        module = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
        return module

    return loaded


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_finds_what_it_calls(script, name):
    assert script(name).__doc__


def test_without_a_display_the_main_job_is_done(script, tmp_path):
    registry, papers = script("headless").write_papers(tmp_path)

    assert registry.exists()
    assert len(papers) == 10
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in papers.values())
