"""People and keys from the shell."""

import pytest

from registry_app.services.registry import sign_in
from tests.builders import USER, at_desk

GIVEN = "quince jelly marmalade"


@pytest.fixture
def people(command, registry, monkeypatch):
    monkeypatch.setenv("REGISTRY_NEW_PASSWORD", GIVEN)

    def people(*told):
        return command("people", registry, *told)

    return people


def added(people, name="sato", role="entry"):
    shown = ("--display-name", "架空 佐藤", "--role", role)
    return people("add", name, *shown, "--user", USER)


def test_somebody_is_added_and_listed(people):
    assert added(people).status == 0

    told = people("--user", USER, "--json").data
    assert [(one["name"], one["role"]) for one in told] == [
        (USER, "administrator"),
        ("sato", "entry"),
    ]
    assert told[1]["password_was_given"]
    assert "sato  架空 佐藤  Data entry" in people("list", "--user", USER).out


def test_a_role_is_changed_and_somebody_retired_with_a_reason(people):
    added(people)
    people(
        *("role", "sato", "--role", "blinded-assessor"),
        *("--reason", "new post", "--user", USER),
    )
    people("retire", "sato", "--reason", "moved away", "--user", USER)

    one = people("--user", USER, "--json").data[1]
    assert (one["role"], one["retired"]) == ("blinded-assessor", True)


def test_what_is_missing_is_named(people):
    told = people("retire", "sato", "--user", USER)
    assert told.status == 2
    assert "--reason" in told.err


def test_the_own_password_is_changed(people, registry):
    assert people("password").status == 0

    desk = sign_in(registry, USER, GIVEN)
    assert desk.person.id == USER
    desk.close()


def test_a_new_password_may_stand_in_a_file(people, registry, tmp_path):
    file = tmp_path / "new"
    file.write_text("marmalade of quinces\n")
    people("password", "--new-password-file", file)
    sign_in(registry, USER, "marmalade of quinces").close()


def test_the_key_is_made_anew_and_all_is_there(people, registry):
    before = at_desk(registry)
    key = before.store.key
    before.close()

    assert people("rotate").status == 0

    desk = at_desk(registry)
    assert desk.store.key != key
    desk.close()


def test_a_new_sheet_has_two_halves_and_the_old_one_opens_nothing(people):
    halves = people("recovery-sheet", "--json").data["recovery_halves"]
    assert len(halves) == len(set(halves)) == 2
    assert len(people("recovery-sheet").out.split("\n")) == 3


def test_who_may_not_is_told(people, monkeypatch):
    added(people)
    monkeypatch.setenv("REGISTRY_PASSWORD", GIVEN)
    told = people(
        *("add", "ueda", "--display-name", "x", "--role", "entry", "--user", "sato")
    )
    assert told.status == 1
    assert "Data entry" in told.err
    assert GIVEN not in told.err
