"""The peer that corpus harvests are measured beside, and the corpora that they are measured on."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from glossary.model import Memory, TranslationUnit, Variant
from tmx import tmx14

SCRIPTS = Path(__file__).resolve().parent.parent.parent / "scripts"


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


def test_links_grow_from_what_both_directions_agree_on(monkeypatch: pytest.MonkeyPatch) -> None:
    peer = script("eflomal_peer", monkeypatch)
    forward, reverse = {(0, 0), (1, 1), (2, 3), (7, 5)}, {(0, 0), (1, 1), (0, 1), (1, 2)}
    # (0, 1) joins words that both have a link, (1, 2) and (2, 3) grow on, (7, 5) stands alone.
    assert peer.grow_diag_final_and(forward, reverse) == {(0, 0), (1, 1), (1, 2), (2, 3), (7, 5)}


def test_phrase_pairs_agree_with_the_links(monkeypatch: pytest.MonkeyPatch) -> None:
    peer = script("eflomal_peer", monkeypatch)
    chinese, english = (
        ["建设", "网络", "强国", "。"],
        ["build", "a", "strong", "cyber", "country", "."],
    )
    links = {(0, 0), (1, 3), (2, 2), (2, 4), (3, 5)}
    assert set(peer.phrase_pairs(chinese, english, links)) == {
        ("建设", "build"),
        ("网络", "cyber"),
        ("网络强国", "strong cyber country"),
        ("建设网络强国", "build a strong cyber country"),
    }


def test_what_stands_inside_longer_phrases_is_worth_less(monkeypatch: pytest.MonkeyPatch) -> None:
    peer = script("eflomal_peer", monkeypatch)
    counts = Counter({"网络强国": 6, "网络": 6, "经济": 6})
    values = peer.c_values(counts, {"网络强国": 2, "网络": 1, "经济": 1})
    assert values["网络"] == 0.0
    assert values["网络强国"] > values["经济"] > 0


def test_a_corpus_is_assembled_from_pairs_that_stay_renditions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = script("bench_corpus", monkeypatch)
    texts = [(f"第{n}句。", f"Sentence {n}.") for n in range(3)]
    units = tuple(
        TranslationUnit((Variant("zh-CN", (zh,)), Variant("en-US", (en,)))) for zh, en in texts
    )
    tmx14.dump(Memory(units, "zh-CN"), tmp_path / "m.tmx")
    pairs = list(bench.assembled([tmp_path / "m.tmx"], 50, seed=3))
    assert pairs[:3] == texts
    assert len(pairs) == 50
    joins = {(a + c, f"{b} {d}") for a, b in texts for c, d in texts}
    assert set(pairs[3:]) <= joins
    assert pairs == list(bench.assembled([tmp_path / "m.tmx"], 50, seed=3))
