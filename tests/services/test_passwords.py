import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.person import Role
from registry_app.services import registry
from registry_app.services.passwords import check_strength, weakness
from registry_app.words import Language, Words
from tests.builders import CHEAP, PASSWORD, USER, a_desk, a_registry_with_code, at_desk


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("password1", "common"),
        ("training", "word"),
        ("christopher", "word"),
        ("qwertzuiop", "common"),
        ("hgfdsaqwer", "keyboard"),
        ("さくらさくら", "repeat"),
        ("abcdefghij", "sequence"),
        ("13.4.1975", "date"),
        ("yamada1", "own"),
        ("脊髄再生", "short"),
        ("", "short"),
    ],
)
def test_what_is_easy_to_guess_is_told_with_the_reason(password, why):
    weak = weakness(password, ("Yamada", "SAP"))

    assert weak.key == "storage.password-weak"
    assert weak.params["why"].key == f"storage.weak-{why}"
    for language in Language:
        assert Words(language).say(weak)


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "correct horse battery",
        "桜の下で犬が二匹眠る",
        "x9#Lw2qPz",
        "old pond, a frog " * 9,
    ],
)
def test_a_sentence_is_good_without_capitals_or_signs(password):
    check_strength(password)


def test_the_names_around_it_make_a_password_easier():
    check_strength("yamadashiro7")
    with pytest.raises(InvalidValue, match="password-weak"):
        check_strength("yamadashiro7", ("yamadashiro",))


def test_every_new_password_is_weighed(tmp_path):
    weak, path = "katokato1", tmp_path / "site.registry"
    with pytest.raises(InvalidValue, match="password-weak"):
        a_registry_with_code(path, password=weak)
    desk, halves = a_registry_with_code(path)
    with pytest.raises(InvalidValue, match="password-weak"):
        registry.add_person(desk, "sato", "架空", Role.ENTRY, weak, cost=CHEAP)
    with pytest.raises(InvalidValue, match="password-weak"):
        registry.change_password(desk, PASSWORD, weak, cost=CHEAP)
    desk.close()
    with pytest.raises(InvalidValue, match="password-weak"):
        registry.recover(path, halves, USER, weak, cost=CHEAP)
    at_desk(path).close()


def test_the_password_of_a_training_registry_is_no_secret(tmp_path):
    path = tmp_path / "t.registry"
    desk, _ = a_registry_with_code(path, password="training", training=True)
    registry.add_person(desk, "sato", "架空", Role.ENTRY, "training", cost=CHEAP)
    desk.close()


def test_an_old_password_that_is_weak_still_opens(tmp_path, monkeypatch):
    path = tmp_path / "site.registry"
    with monkeypatch.context() as patch:
        patch.setattr(registry, "check_strength", lambda *_: None)
        a_desk(path).close()
        desk = at_desk(path)
        registry.change_password(desk, PASSWORD, "katokato1", cost=CHEAP)
        desk.close()

    at_desk(path, password="katokato1").close()
