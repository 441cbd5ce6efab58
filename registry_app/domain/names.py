"""Names and numbers as people type them in Japan.

What is stored stays as it was typed: even NFC would replace variants that are part of
somebody's name (U+FA19 becomes U+795E). Only the key used for searching is folded.
"""

import re
import unicodedata

from registry_app.domain.errors import InvalidValue

#: Variants of kanji in names, each with the character that people search by.
_VARIANTS = {
    0x9AD9: 0x9AD8,  # 髙 高
    0xFA11: 0x5D0E,  # 﨑 崎
    0x20BB7: 0x5409,  # 𠮷 吉
    0x6FF5: 0x6D5C,  # 濵 浜
    0x6FF1: 0x6D5C,  # 濱 浜
    0x908A: 0x8FBA,  # 邊 辺
    0x9089: 0x8FBA,  # 邉 辺
    0x9F4B: 0x658E,  # 齋 斎
    0x9F4A: 0x658E,  # 齊 斎
    0x6589: 0x658E,  # 斉 斎
    0x6FA4: 0x6CA2,  # 澤 沢
    0x5D8B: 0x5CF6,  # 嶋 島
    0x5EE3: 0x5E83,  # 廣 広
    0x69D7: 0x6A4B,  # 槗 橋
    0x5FB7: 0x5FB3,  # 德 徳
    0x9ED1: 0x9ED2,  # 黑 黒
    0x6AFB: 0x685C,  # 櫻 桜
    0x570B: 0x56FD,  # 國 国
    0x771E: 0x771F,  # 眞 真
}
#: Hiragana U+3041 to U+3096, each to its katakana.
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc\uff70\uff0d]")
_KANA = re.compile(r"[\u30a1-\u30fa\u30fb-\u30fe ]*")


def search_key(text: str) -> str:
    """What two spellings of one name have in common.

    Width, case, kana script, the long-vowel mark and dashes, spaces and the common
    variants of kanji are folded away.

    >>> search_key("ﾀｶﾊｼ　たろう") == search_key("タカハシ タロウ")
    True
    """
    folded = unicodedata.normalize("NFKC", text.translate(_VARIANTS)).casefold()
    return _DASHES.sub("-", re.sub(r"\s+", "", folded.translate(_KATAKANA)))


def read_kana(text: str) -> str:
    """A reading, in full-width katakana, from any kana; one space between words.

    Raises InvalidValue where something else than kana is written.
    """
    wide = unicodedata.normalize("NFKC", text).translate(_KATAKANA)
    kana = " ".join(wide.split())
    if not _KANA.fullmatch(kana):
        raise InvalidValue("names.not-kana")
    return kana


def plain(text: str) -> str:
    """A number, a code or an ID, with full-width characters and dashes made plain.

    >>> plain(" ＳＡＰ－０００１－７ ")
    'SAP-0001-7'
    """
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip()
