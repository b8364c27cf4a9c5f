"""What all codecs have in common, language codes, and the text helpers."""

from __future__ import annotations

from pathlib import Path

import pytest
from exchange_strategies import any_text
from hypothesis import example, given
from lxml import etree

import tmx
from glossary.errors import UsageError
from tmx.labelled import Labelled, join_note, split_note
from tmx.languages import exchange_tag, internal_tag, is_wellformed, normalise
from tmx.xmltext import decode_id, encode_id

NCNAME = etree.XMLSchema(
    etree.fromstring(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="e">'
        '<xs:complexType><xs:attribute name="id" type="xs:ID"/></xs:complexType></xs:element>'
        "</xs:schema>"
    )
)


class TestRegistry:
    def test_every_codec_has_the_interface_and_its_own_name(self) -> None:
        infos = tmx.codecs()
        assert len({info.name for info in infos}) == len(infos)
        for info in infos:
            module = tmx.codec(info.name)
            assert module.CODEC is info
            assert all(callable(getattr(module, n)) for n in ("load", "iter_load", "dump"))
            assert info.extensions

    @pytest.mark.parametrize(
        ("name", "codec"),
        [
            ("m.tmx", "tmx"),
            ("M.TMX.GZ", "tmx"),
            ("g.tbx", "tbx2"),
            ("g.tsv", "tsv"),
            ("glossary.utf8.txt", "omegat"),
        ],
    )
    def test_by_file_name(self, name: str, codec: str) -> None:
        assert tmx.codec_for(Path(name)).CODEC.name == codec

    def test_unknown(self) -> None:
        with pytest.raises(UsageError, match=r"unknown format 'foo' \(known are tmx, "):
            tmx.codec("foo")
        with pytest.raises(UsageError, match=r"a\.foo: its ending tells no format .*\.tmx"):
            tmx.codec_for(Path("a.foo"))


class TestLanguages:
    @pytest.mark.parametrize(
        ("tag", "normal", "internal"),
        [
            ("zh", "zh", "zh-Hans"),
            ("ZH-CN", "zh-CN", "zh-Hans"),
            ("zh_CN", "zh-CN", "zh-Hans"),
            ("zh-chs", "zh-Hans", "zh-Hans"),
            ("zh-CHT", "zh-Hant", "zh-Hant"),
            ("zh-hant-hk", "zh-Hant-HK", "zh-Hant"),
            ("zh-Hans-TW", "zh-Hans-TW", "zh-Hans"),
            ("zh-HK", "zh-HK", "zh-Hant"),
            ("cmn-TW", "zh-TW", "zh-Hant"),
            ("chi", "zh", "zh-Hans"),
            ("EN", "en", "en"),
            ("en_us", "en-US", "en"),
            ("eng", "en", "en"),
            ("sr-latn-rs", "sr-Latn-RS", "sr-Latn-RS"),
            ("en-x-US", "en-x-us", "en"),
            ("de-1996", "de-1996", "de-1996"),
            ("---", "---", "---"),
            ("", "", ""),
        ],
    )
    def test_normal_and_internal(self, tag: str, normal: str, internal: str) -> None:
        assert normalise(tag) == normal
        assert internal_tag(tag) == internal

    def test_exchange(self) -> None:
        assert exchange_tag("zh-Hans") == "zh-CN"
        assert exchange_tag("zh-Hans", {"zh-Hans": "zh"}) == "zh"
        assert exchange_tag("en", {"zh-Hans": "zh"}) == "en-US"
        assert exchange_tag("fr") == "fr"

    def test_form(self) -> None:
        assert is_wellformed("zh-Hans-CN")
        assert not is_wellformed("zh_CN")
        assert not is_wellformed("")


class TestIds:
    @given(any_text)
    @example("\u9fa6")  # an ideograph since the fifth edition of XML 1.0 only
    def test_ids_are_legal_and_come_back(self, text: str) -> None:
        encoded = encode_id(f"a{text}")
        assert decode_id(encoded) == f"a{text}"
        element = etree.Element("e", id=encoded)
        assert NCNAME.validate(element), encoded

    @pytest.mark.parametrize(
        "text", ["_x0041_", "_x", "1", "a b", "_x004", "c_x0020_", "_xFFFFFF_"]
    )
    def test_escapes_do_not_collide(self, text: str) -> None:
        assert decode_id(encode_id(text)) == text

    def test_ordinary_ids_stay_as_they_are(self) -> None:
        assert encode_id("c0123abc-9_z.x") == "c0123abc-9_z.x"
        assert decode_id("_xFFFFFF_") == "_xFFFFFF_"


class TestLabelledLines:
    def test_split_and_join(self) -> None:
        note = "see: there\ngrammaticalGender: neuter\nmore\nnote (en-US): x: y"
        plain, labelled = split_note(note, ["grammaticalGender", "note"])
        assert plain == "see: there\nmore"
        assert labelled == [
            Labelled("grammaticalGender", "neuter"),
            Labelled("note", "x: y", "en-US"),
        ]
        assert join_note(plain, labelled) == (
            "see: there\nmore\ngrammaticalGender: neuter\nnote (en-US): x: y"
        )

    def test_a_value_of_several_lines_stays_one_line(self) -> None:
        assert str(Labelled("a", "b\nc")) == "a: b c"
        assert split_note("", ["a"]) == ("", [])
