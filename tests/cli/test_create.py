import pytest

from registry_app.services.registry import look_at, recover
from tests.builders import CHEAP, PASSWORD

ARGS = ("--pack", "msc-iv-sci", "--site", "SAP", "--user", "kato")


def test_a_new_registry_prints_its_recovery_sheet_once_and_alone(command, tmp_path):
    path = tmp_path / "new.registry"

    told = command("create", path, *ARGS)

    assert told.status == 0
    assert look_at(path).users == ("kato",)
    halves = told.out.split()
    assert len(halves) == 2
    assert not any(half in told.err for half in halves)
    recover(path, halves, "kato", "another sentence", cost=CHEAP).close()


def test_as_json_the_halves_come_with_what_was_made(command, tmp_path):
    told = command("create", tmp_path / "new.registry", *ARGS, "--json").data

    assert (told["site"], told["user"], told["pack"]) == ("SAP", "kato", "msc-iv-sci")
    assert [len(half) for half in told["recovery_halves"]] == [44, 44]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("--pack", "no-such", "There are: example-other, ipsc-npc-sci, msc-iv-sci"),
        ("--site", "sapporo", "site"),
        ("--user", " Kato", "user name"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(
    command, tmp_path, name, value, said
):
    args = list(ARGS)
    args[args.index(name) + 1] = value

    told = command("create", tmp_path / "new.registry", *args)

    assert (told.status, told.out) == (1, "")
    assert said in told.err
    assert list(tmp_path.glob("*.registry*")) == []


def test_a_file_that_is_there_is_not_overwritten(command, registry):
    before = registry.read_bytes()

    told = command("create", registry, *ARGS)

    assert (told.status, registry.read_bytes()) == (1, before)
    assert "exists already" in told.err


def test_the_password_comes_from_the_first_line_of_its_file(
    command, tmp_path, monkeypatch
):
    monkeypatch.delenv("REGISTRY_PASSWORD")
    secret = tmp_path / "password.txt"
    secret.write_bytes(f"\ufeff{PASSWORD}\r\nanother line\r\n".encode())
    path = tmp_path / "new.registry"

    command("create", path, *ARGS, "--password-file", secret)

    monkeypatch.setenv("REGISTRY_PASSWORD", PASSWORD)
    assert command("verify", path).status == 0


@pytest.mark.parametrize("argv", [(), ("--password-file", "no-such-file")])
def test_without_a_password_and_a_terminal_nothing_is_made(
    command, tmp_path, monkeypatch, argv
):
    monkeypatch.delenv("REGISTRY_PASSWORD")

    told = command("create", tmp_path / "new.registry", *ARGS, *argv)

    assert told.status == 1
    assert "password" in told.err
    assert list(tmp_path.glob("*.registry")) == []


class Terminal:
    """A standard input at which somebody sits."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("typed", "status"), [([PASSWORD, PASSWORD], 0), ([PASSWORD, "plum blosom"], 1)]
)
def test_at_a_terminal_a_new_password_is_typed_twice(
    command, tmp_path, monkeypatch, typed, status
):
    monkeypatch.delenv("REGISTRY_PASSWORD")
    monkeypatch.setattr("sys.stdin", Terminal())
    answers = iter(typed)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))

    assert command("create", tmp_path / "new.registry", *ARGS).status == status
