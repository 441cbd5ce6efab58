"""`self-check` says how each thing is, and its status whether something is wrong."""


def test_each_thing_is_told_in_words_and_as_json(command, registry):
    told = command("self-check", registry)
    assert len(told.out.splitlines()) == 9

    found = command("self-check", registry, "--json").data
    assert [item["name"] for item in found["items"]][:3] == ["program", "file", "trail"]
    wrong = [item["name"] for item in found["items"] if item["health"] == "wrong"]
    # Nobody has said yet where backups go.
    assert (wrong, found["health"], told.status) == (["backups"], "wrong", 1)


def test_a_damaged_registry_is_wrong(command, registry):
    data = bytearray(registry.read_bytes())
    data[-5000] ^= 1
    registry.write_bytes(data)

    told = command("self-check", registry)

    assert told.status == 1
    assert "Trail: wrong" in told.out
