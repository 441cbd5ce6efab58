from registry_app.services.trail import head
from registry_app.storage.key_area import PAGES
from tests.builders import a_subject, an_exam, at_desk


def test_a_sound_registry_says_so_with_the_end_of_its_trail(command, registry):
    desk = at_desk(registry)
    an_exam(desk, a_subject(desk))
    end = head(desk)
    desk.close()

    told = command("verify", registry)
    data = command("verify", registry, "--json").data

    assert told.status == 0
    assert end.head in told.out
    # The first command is noted, and its sign-out has sealed the trail: two entries.
    assert (data["sound"], data["entries"]) == (True, end.seq + 2)


def test_a_damaged_registry_is_not_sound(command, registry):
    data = bytearray(registry.read_bytes())
    data[-5000] ^= 1
    registry.write_bytes(data)

    told = command("verify", registry)

    assert told.status == 1
    assert told.err


def test_a_file_that_is_damaged_in_the_middle_is_told_page_by_page(command, registry):
    desk = at_desk(registry)
    for _ in range(9):
        an_exam(desk, a_subject(desk))
    desk.close()
    data = bytearray(registry.read_bytes())
    damaged = [len(data) // 4096 - back for back in (8, 4, 0)]
    for page in damaged:
        data[(page - 1) * 4096 + 99] ^= 1
    registry.write_bytes(data)

    told = command("verify", registry, "--json")

    assert told.status == 1
    assert told.data["sound"] is False
    named = [problem for problem in told.data["problems"] if "HMAC" in problem]
    assert [int(problem.split()[-1]) for problem in named] == damaged
    slots = {f"Page {page}: never used" for page in PAGES}
    told_of = {problem.partition(": ")[2] for problem in told.data["problems"]}
    assert not slots & told_of
    assert registry.read_bytes() == data


def test_what_is_no_registry_is_refused_in_a_sentence(command, tmp_path):
    path = tmp_path / "x.registry"
    path.write_text("hello")

    told = command("verify", path)

    assert (told.status, told.out) == (1, "")
    assert len(told.err.splitlines()) == 1
