import json

import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.packs.loader import PACKS, load_pack, pack_ids
from registry_app.packs.stored import checksum, content, from_content
from registry_app.words import Language, Words


@pytest.mark.parametrize("name", pack_ids([PACKS]))
def test_a_pack_reads_back_from_its_content_as_it_was(name):
    pack = load_pack(name)
    text = content(pack)

    assert from_content(text) == pack
    assert content(from_content(text)) == text


def test_the_content_is_one_text_with_its_keys_in_order():
    text = content(load_pack("natural-history"))

    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert len(checksum(text)) == 64
    assert checksum(text) != checksum(text.replace("49", "50") + " ")


def _changed(change):
    plain = json.loads(content(load_pack("natural-history")))
    change(plain)
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "truncated"),
        ("[]", "array"),
        (_changed(lambda pack: pack.pop("name")), "name"),
        (_changed(lambda pack: pack.update(colour="red")), "colour"),
        (_changed(lambda pack: pack["visits"][0].update(hue=1)), "visits[0].hue"),
        (_changed(lambda pack: pack["visits"][0].update(before=-7)), "week-2"),
        (_changed(lambda pack: pack["visits"][0].update(anchor="x")), "'x'"),
    ],
)
def test_a_content_that_cannot_be_read_is_refused_with_the_reason(text, said):
    with pytest.raises(InvalidValue) as refused:
        from_content(text)

    message = refused.value.message
    assert message.key == "packs.cannot-read"
    assert said in Words(Language.EN).say(message)
    assert "{" not in Words(Language.JA).say(message)


def test_a_content_that_is_no_text_or_has_no_end_is_refused():
    for text in ('{"a":' * 5000 + "1" + "}" * 5000, '{"id": "\ud800"}'):
        with pytest.raises(InvalidValue, match=r"packs\.cannot-read"):
            from_content(text)
