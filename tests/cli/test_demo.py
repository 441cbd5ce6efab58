import pytest

from registry_app.cli.main import parser
from registry_app.services import demo
from registry_app.services.registry import look_at
from registry_app.words import Language, Words


def test_a_training_registry_is_made_and_opened_and_its_password_told(
    command, windows, tmp_path
):
    path = tmp_path / "t.registry"

    told = command("demo", path, "--patients", "2")

    assert told.status == 0
    assert look_at(path).training
    assert demo.PASSWORD in told.out
    assert "enter no real patient" in told.out
    assert windows == [path]


def test_as_json_it_is_made_and_not_opened(command, windows, tmp_path):
    told = command("demo", tmp_path / "t.registry", "--patients", "1", "--json").data

    assert (told["patients"], told["password"]) == (1, demo.PASSWORD)
    assert windows == []


def test_without_a_screen_it_is_only_made(command, windows, tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")

    assert command("demo", "--patients", "1").status == 0
    assert windows == []
    assert demo.training_place().name == "training-2.registry"


@pytest.mark.parametrize("argv", [("--patients", "0")])
def test_what_cannot_be_made_is_refused(command, tmp_path, argv):
    assert command("demo", tmp_path / "t.registry", *argv).status == 1


def test_the_numbers_of_the_command_are_those_of_the_service():
    args = parser(Words(Language.EN)).parse_args(["demo"])

    assert (args.patients, args.seed) == (demo.PATIENTS, demo.SEED)
