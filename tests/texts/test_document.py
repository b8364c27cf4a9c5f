"""Documents: exact spans, languages, bad input, size."""

from __future__ import annotations

import io
import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.errors import BadInputError
from glossary.model import Document, SegmentRole, Source
from glossary.texts import (
    language_mismatch,
    make_document,
    parse_request,
    read_document,
    read_sentences,
)

_CHINESE = "道路要自己走。大家都明白！\n\n第二段也很短。"
_ENGLISH = "The road is ours. We know it.\n\nThe second paragraph is short."


def _read(path: Path, content: bytes, fields: str = "") -> Document:
    path.write_bytes(content)
    return read_document(parse_request(f"{path}:{fields}" if fields else str(path)))


def _check(document: Document) -> None:
    end = 0
    for index, segment in enumerate(document.segments):
        assert segment.index == index
        assert segment.source_id == document.source.id
        assert document.text[slice(*segment.span)] == segment.text
        assert segment.text.strip() == segment.text != ""
        assert not document.text[end : segment.span[0]].strip()
        end = segment.span[1]
    assert not document.text[end:].strip()
    paragraphs = [segment.paragraph for segment in document.segments]
    assert paragraphs == sorted(paragraphs)


def test_segments_paragraphs_and_spans() -> None:
    document = make_document(_CHINESE, Source(id="zh"))
    assert [segment.text for segment in document.segments] == [
        "道路要自己走。",
        "大家都明白！",
        "第二段也很短。",
    ]
    assert [segment.paragraph for segment in document.segments] == [0, 0, 1]
    assert [len(paragraph) for paragraph in document.paragraphs()] == [2, 1]
    _check(document)


_WORDS = st.sampled_from(
    ["道路", "人民。", "，", "“好！”", "图为", "1.", "The road", "is long.", "PHOTO BY A", "\n",
     "\n\n", " ", "\u3000", "\u200b", "\x07", "\r\n", "e\u0301", "2023-05-05", "（一）", "Mr."]
)  # fmt: skip


@given(st.one_of(st.text(max_size=120), st.lists(_WORDS, max_size=40).map("".join)))
def test_any_text_has_exact_spans_and_keeps_its_letters(text: str) -> None:
    try:
        document = make_document(text, Source(id="x"))
    except BadInputError as error:
        assert "no letter" in error.what
        return
    _check(document)

    # Whatever the order of interrupted paragraphs, every letter and digit is there once.
    def letters(value: str) -> list[str]:
        return sorted(character for character in value if character.isalnum())

    read = "".join(segment.text for segment in document.segments)
    assert letters(read) == letters(unicodedata.normalize("NFC", text))


@given(st.lists(_WORDS, min_size=1, max_size=30).map("".join))
def test_reading_a_document_s_own_text_gives_the_same_letters_and_language(text: str) -> None:
    try:
        document = make_document(text, Source(id="x"))
    except BadInputError:
        return
    again = make_document(document.text, document.source)
    assert re.sub(r"\s", "", again.text) == re.sub(r"\s", "", document.text)
    assert again.language == document.language


@pytest.mark.parametrize(
    ("text", "given_language", "language"),
    [
        (_CHINESE, "", "zh-Hans"),
        ("我們要走自己的路，大家都明白這個道理。", "", "zh-Hant"),
        (_ENGLISH, "", "en"),
        ("我們要走自己的路，大家都明白這個道理。", "zh", "zh-Hant"),
        (_CHINESE, "zh", "zh-Hans"),
        ("Only English here.", "zh", "zh-Hans"),
        (_CHINESE, "zh-TW", "zh-Hant"),
        (_ENGLISH, "en-GB", "en"),
    ],
)
def test_languages(tmp_path: Path, text: str, given_language: str, language: str) -> None:
    fields = f"language={given_language}" if given_language else ""
    document = _read(tmp_path / "a.txt", text.encode(), fields)
    assert document.language == language


def test_a_language_that_cannot_be_right_is_noticed() -> None:
    assert language_mismatch(make_document(_CHINESE, Source(id="x", language="en"))) == "zh-Hans"
    assert language_mismatch(make_document(_ENGLISH, Source(id="x", language="zh-Hans"))) == "en"
    assert language_mismatch(make_document(_CHINESE, Source(id="x", language="zh-Hant"))) is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32-le"]
)
def test_encodings_simply_work(tmp_path: Path, encoding: str) -> None:
    plain = _read(tmp_path / "a.txt", _CHINESE.encode())
    assert _read(tmp_path / "b.txt", _CHINESE.encode(encoding)).text == plain.text


@pytest.mark.parametrize(
    ("content", "fields", "message"),
    [
        (b"", "", "is empty"),
        (b"\n \n\t", "", "has no text: there is no letter in it"),
        ("２０２３。".encode(), "", "has no text"),
        (bytes(range(256)) * 40, "", "is not text in any encoding"),
        (b"\x00" * 5000, "", "is not text"),
        ("道路".encode("gb18030"), "encoding=utf-8", "is not valid utf-8"),
        (b"abc", "encoding=klingon", "unknown encoding 'klingon'"),
    ],
)
def test_bad_files_give_one_line(tmp_path: Path, content: bytes, fields: str, message: str) -> None:
    path = tmp_path / "a.txt"
    with pytest.raises(BadInputError) as caught:
        _read(path, content, fields)
    assert str(caught.value).startswith(f"{path}:")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "no.txt", "does not exist"), (tmp_path, "is a folder")):
        with pytest.raises(BadInputError, match=message):
            read_document(parse_request(str(path)))
    with pytest.raises(BadInputError, match="cannot be read"):
        read_document(parse_request(str(tmp_path / "a\x00b.txt")))


def test_standard_input_is_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(_CHINESE.encode("gb18030"))

    monkeypatch.setattr("sys.stdin", Stdin)
    document = read_document(parse_request("-:authority=official"))
    assert document.source.id == "stdin"
    assert len(document.segments) == 3


def test_sentences_of_a_presegmented_text_keep_their_line_numbers(tmp_path: Path) -> None:
    path = tmp_path / "001"
    path.write_bytes("道路。要走。\r\n\r\n  1. 前进\n图为人群\u2028散去\n\n".encode())
    document = read_sentences(parse_request(str(path)))
    _check(document)
    assert [(segment.paragraph, segment.text) for segment in document.segments] == [
        (0, "道路。要走。"),
        (2, "1. 前进"),
        (3, "图为人群 散去"),
    ]
    assert {segment.role for segment in document.segments} == {SegmentRole.BODY}


def test_a_line_of_ten_megabytes_takes_seconds() -> None:
    begin = time.process_time()
    document = make_document("我们要走自己的路，" * 360_000, Source(id="x"))
    assert len(document.segments) == 1
    assert time.process_time() - begin < 10


@pytest.mark.parametrize("text", ["我们要走自己的路。", "We walk our own road. "])
def test_a_hundred_thousand_sentences_take_seconds(text: str) -> None:
    begin = time.process_time()
    document = make_document(text * 100_000, Source(id="x"))
    assert len(document.segments) == 100_000
    assert time.process_time() - begin < 10
