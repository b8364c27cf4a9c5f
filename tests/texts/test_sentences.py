"""Sentence splitting: cases, properties, speed and quality on hand-split texts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from corpora import shared_dir
from hypothesis import given
from hypothesis import strategies as st

from glossary.texts.sentences import sentence_spans, split_sentences

_ROOT = Path(__file__).resolve().parents[2]
_DATA = _ROOT / "tests" / "data"


def _cases() -> list[object]:
    cases: list[object] = []
    for language in ("zh", "en"):
        for case in json.loads((_DATA / f"sentences-{language}.json").read_text("utf-8")):
            marks = (
                [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
            )
            cases.append(
                pytest.param(language, case, id=f"{language}: {case['label']}", marks=marks)
            )
    return cases


@pytest.mark.parametrize(("language", "case"), _cases())
def test_case(language: str, case: dict[str, object]) -> None:
    assert split_sentences(str(case["text"]), language) == case["expected"]


_PIECES = st.sampled_from(
    [
        *"。！？；，：“”‘’《》（）…—.!?\"'()  \u3000\n",
        "我们",
        "前进",
        "No.",
        "U.S.",
        "He",
        "went",
        "on",
        "3.5",
        "A",
    ]
)
_TEXTS = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=40).map("".join))
_LANGUAGES = st.sampled_from(["zh-Hans", "zh-Hant", "en"])


@given(_TEXTS, _LANGUAGES)
def test_spans_are_exact_and_nothing_is_lost(text: str, language: str) -> None:
    spans = sentence_spans(text, language)
    end_before = 0
    for start, end in spans:
        assert end_before <= start < end
        assert text[start:end] == text[start:end].strip()
        assert not text[end_before:start].strip()
        end_before = end
    assert not text[end_before:].strip()


@given(_TEXTS)
def test_a_chinese_sentence_without_quotes_is_not_split_again(text: str) -> None:
    # Straight quotation marks are read by what stands before them, which a part no longer has.
    text = re.sub("[\"'＂《》〈〉]", "", text) + "中"
    for sentence in split_sentences(text, "zh-Hans"):
        if re.search("[\u4e00-\u9fff]", sentence):
            assert split_sentences(sentence, "zh-Hans") == [sentence]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_resplitting_the_expected_sentences_changes_nothing(language: str) -> None:
    for case in json.loads((_DATA / f"sentences-{language}.json").read_text("utf-8")):
        for sentence in case["expected"] if "xfail" not in case else []:
            assert split_sentences(sentence, language) == [sentence]


@pytest.mark.parametrize(
    ("unit", "language"),
    [
        ("我们必须走自己的路。", "zh"),
        ("We must keep to this road. ", "en"),
        ("啊", "zh"),
        ("a", "en"),
        (".", "en"),
        (". ", "en"),
        ("。 ", "zh"),
        ("”", "zh"),
        ('"', "zh"),
        ("(", "en"),
        ("《", "zh"),
        ("—", "en"),
        (" ", "zh"),
    ],
)
def test_time_is_linear(unit: str, language: str) -> None:
    text = unit * (400_000 // len(unit)) + "x"
    begin = time.process_time()
    sentence_spans(text, language)
    # Linear takes a fifth of a second, quadratic minutes.
    assert time.process_time() - begin < 3


@pytest.mark.shared
@pytest.mark.parametrize(
    ("option", "folder", "least"),
    [
        ("--zh", "mac-dev/txt/src", 0.988),
        ("--en", "mac-dev/txt/tgt", 0.992),
        ("--zh", "align-gold-academic/tgt", 0.965),
        ("--en", "align-gold-academic/src", 0.974),
    ],
)
def test_hand_split_texts_are_split_as_well_as_before(
    option: str, folder: str, least: float
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            str(_ROOT / "scripts" / "evaluate_sentences.py"),
            option,
            str(shared_dir() / "data" / folder),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert float(done.stdout.split("F1 ")[1].split()[0]) >= least
