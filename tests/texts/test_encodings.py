"""Decoding: every encoding that Chinese and English texts come in, and what is no text."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import BadInputError
from glossary.texts.clean import clean, tidy
from glossary.texts.encodings import decode, detect_encoding

_SIMPLIFIED = "各级部门要认真负责，做到件件有着落、事事有回音。第2项任务必须落实到位！\n"
_TRADITIONAL = "各級部門要認真負責，做到件件有著落、事事有回音。第2項任務必須落實到位！\n"
_ENGLISH = "The café’s owner said: “It’s a long road – and ours.” He paid £5…\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((_SIMPLIFIED, name) for name in ("gb18030", "gbk", "gb2312")),
        *((_TRADITIONAL, name) for name in ("big5", "big5hkscs", "cp950", "gb18030")),
        (_ENGLISH, "cp1252"),
        *(
            (text, name)
            for text in (_SIMPLIFIED, _TRADITIONAL, _ENGLISH)
            for name in (
                "utf-8",
                "utf-8-sig",
                "utf-16",
                "utf-16-le",
                "utf-16-be",
                "utf-32",
                "utf-32-le",
                "utf-32-be",
            )
        ),
    ],
)
def test_encodings_are_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), place="x") == text
    assert decode((text * 500).encode(encoding), place="x") == text * 500


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "gb18030") for text in ("人民", "改革", "中国", "文化")),
        *((text, "big5") for text in ("人民", "改革", "中國", "文化")),
        # Four bytes of UTF-16 without a mark can be anything; twelve cannot.
        *(
            (text, encoding)
            for text in ("路要自己走。", "深化經濟改革")
            for encoding in ("utf-16-le", "utf-16-be")
        ),
    ],
)
def test_a_few_characters_suffice(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), place="x") == text


def test_a_byte_order_mark_decides() -> None:
    assert detect_encoding(codecs.BOM_UTF16_BE + "a".encode("utf-16-be")) == "utf-16-be"
    assert decode(b"\x84\x31\x95\x33" + "开始".encode("gb18030"), place="x") == "开始"


def test_a_sample_may_cut_a_character() -> None:
    # More than the sample, at an odd place, in each of the encodings of two bytes a character.
    for encoding in ("gb18030", "utf-16-le"):
        text = "a" + "路要自己走" * 20_000
        assert decode(text.encode(encoding), place="x") == text


_SENTENCES = st.lists(
    st.sampled_from(["坚持", "发展", "的", "人民", "，", "。", "2023", "A", "我们", "工作", "\n"]),
    min_size=4,
    max_size=60,
).map(lambda pieces: "我们的工作，" + "".join(pieces))


@given(_SENTENCES, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le"]))
def test_round_trip(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), place="x") == text


# FF FE 00 00 is the mark of UTF-32 as well as that of UTF-16 before a NUL: no reader can tell.
@given(
    st.text(min_size=1).filter(lambda text: not text.startswith("\0")),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_what_unicode_marks_say_is_never_garbled(text: str, encoding: str) -> None:
    data = codecs.BOM_UTF8 + text.encode() if encoding == "utf-8" else text.encode(encoding)
    try:
        assert decode(data, place="x") == text.removeprefix("\ufeff")
    except BadInputError as error:
        assert "binary" in error.what


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "big5", "utf-16", "nonsense", "rot13"])
)
def test_any_bytes_give_text_or_one_clear_error(data: bytes, encoding: str | None) -> None:
    try:
        assert isinstance(decode(data, place="x.txt", encoding=encoding), str)
    except BadInputError as error:
        assert str(error).startswith("x.txt:")
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", None, "x: is empty"),
        (bytes(range(256)) * 20, None, "x: is not text"),
        (b"\x00\x01\x02\x03" * 99, "utf-8", "x: is a binary file"),
        (_SIMPLIFIED.encode("gb18030"), "utf-8", "x:1: is not valid utf-8"),
        (b"ok\nok\n\xff", "utf-8", "x:3: is not valid utf-8: byte 6"),
        (b"abc", "utf-9", "x: unknown encoding 'utf-9'"),
        (b"abc", "base64", "x: unknown encoding 'base64'"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(BadInputError) as caught:
        decode(data, place=Path("x"), encoding=encoding)
    assert str(caught.value).startswith(message)


def test_an_encoding_asked_for_is_used() -> None:
    assert decode("naïve".encode("mac-roman"), place="x", encoding="mac-roman") == "naïve"
    # Without a mark the byte order is looked for, not taken from the machine.
    assert decode("路要自己走".encode("utf-16-be"), place="x", encoding="utf-16") == "路要自己走"
    assert decode(codecs.BOM_UTF8 + b"a", place="x", encoding="utf-8") == "a"


def test_cleaning_takes_out_what_is_no_text() -> None:
    assert clean("a\r\nb\rc\x0bd\u2028e") == "a\nb\nc\nd\ne"
    assert clean("co\u00adop\u200be\u200drate\ufeff\x07\x00\ufffe\ud800") == "cooperate"
    assert clean("a\tb\u00a0c\u2009d") == "a\tb c d"


def test_cleaning_composes_but_keeps_han_and_width() -> None:
    assert clean("cafe\u0301") == "café"
    # Full-width forms, the ideographic space and compatibility ideographs are what was written.
    assert clean("１９８０年，\u3000（\uf900）e\u0301") == "１９８０年，\u3000（\uf900）é"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert tidy(tidy(once)) == tidy(once)
    assert "\n" not in tidy(once)


@pytest.mark.parametrize(
    "text",
    [
        "路要\x00自己走，事要自己办。",
        "路要\x07自己走，\x1b[0m事要自己一件一件地办。",
        "A \x0bfew \x01words.",
    ],
)
def test_strays_among_a_few_words_are_no_binary_file(text: str) -> None:
    assert decode(text.encode(), place="x") == text


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" * 9])
def test_a_binary_file_is_none(data: bytes) -> None:
    with pytest.raises(BadInputError):
        decode(data, place="x")
