"""Which encoder a mode takes, by what is installed and how long the texts are."""

import pytest

from glossary.align import modes
from glossary.align.modes import Mode, choose_encoder
from glossary.encoders import PairedEncoder, e5_available
from glossary.errors import MissingExtraError, TifaError

needs_e5 = pytest.mark.skipif(not e5_available(), reason="the extra neural is not installed")


def kind(mode: Mode, sentences: int) -> str:
    encoder = choose_encoder(mode, sentences)
    if encoder is None:
        return "words"
    return "best" if isinstance(encoder, PairedEncoder) else "fast"


@needs_e5
@pytest.mark.parametrize(
    ("mode", "sentences", "expected"),
    [
        ("auto", 100, "best"),
        ("auto", 100_000, "fast"),
        ("best", 100_000, "best"),
        ("fast", 100, "fast"),
        ("words", 100, "words"),
    ],
)
def test_with_everything_installed(mode: Mode, sentences: int, expected: str) -> None:
    assert kind(mode, sentences) == expected


def test_without_the_token_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingExtraError("the token-level encoder", extra="neural")

    monkeypatch.setattr(modes, "e5_available", lambda: False)
    monkeypatch.setattr(modes, "token_encoder", missing)
    assert kind("auto", 100) == "fast"
    with pytest.raises(MissingExtraError):
        choose_encoder("best", 100)


def test_without_any_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise TifaError("the sentence encoder cannot be loaded")

    monkeypatch.setattr(modes, "default_encoder", broken)
    assert kind("auto", 100) == "words"
    for mode in ("fast", "best"):
        with pytest.raises(TifaError):
            choose_encoder(mode, 100)


@needs_e5
def test_the_pair_encodes_sentences_as_its_first_does() -> None:
    best, fast = choose_encoder("best", 1), choose_encoder("fast", 1)
    assert best is not None and fast is not None
    texts = ["加快建设网络强国", "Building a strong cyber country faster"]
    assert (best.encode(texts) == fast.encode(texts)).all()
    assert best.name.startswith(fast.name + "+")
