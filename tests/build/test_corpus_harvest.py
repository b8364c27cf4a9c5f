"""A corpus is counted whole, read in part, and taken up again where it was left."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from glossary.build.corpus import CorpusOptions, harvest_corpus
from glossary.build.corpus.forms import merge_blocks
from glossary.build.corpus.reading import Pair, corpus_size
from glossary.build.corpus.spool import Spool
from glossary.build.corpus.stages import harvest_pairs
from glossary.encoders import Encoder, default_encoder
from glossary.errors import BadInputError
from glossary.harvest.merging import merge_group
from glossary.harvest.records import concept_record
from glossary.model import (
    AdministrativeStatus,
    Authority,
    Concept,
    Memory,
    Source,
    TranslationUnit,
    Variant,
    concept_id,
)
from tmx import tmx14

CHINESE = ("要加快建设网络强国。", "大力发展数字经济。", "推动高质量发展。")
ENGLISH = (
    "We should build a strong cyber country faster.",
    "We should vigorously develop the digital economy.",
    "We should promote high-quality development.",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("one", "two", "three"):
        (texts / f"{name}.zh.txt").write_text("\n\n".join(CHINESE), encoding="utf-8")
        (texts / f"{name}.en.txt").write_text("\n\n".join(ENGLISH), encoding="utf-8")
    return texts


def harvested(path: Path, options: CorpusOptions) -> list[dict[str, object]]:
    with harvest_corpus(path, options) as harvest:
        return [concept_record(concept) for concept in harvest.concepts]


def memory(folder: Path, times: int) -> Path:
    """Write a memory of so many units, with a number in each."""
    texts = itertools.islice(itertools.cycle(zip(CHINESE, ENGLISH, strict=True)), times)
    units = (
        TranslationUnit((Variant("zh-CN", (f"{zh}第{n}年",)), Variant("en-US", (f"{en} {n}",))))
        for n, (zh, en) in enumerate(texts)
    )
    path = folder / "m.tmx"
    tmx14.dump(Memory((), "zh-CN"), path, units=units)
    return path


def test_texts_are_merged_and_their_sentences_keep_their_numbers(folder: Path) -> None:
    with harvest_corpus(folder, CorpusOptions(prior="none")) as harvest:
        concepts = {concept.id: concept for concept in harvest.concepts}
    found = concepts[concept_id("数字经济")]
    assert [t.text for t in found.renderings()] == ["digital economy"]
    assert {(a.source_id, a.segment) for a in found.chinese()[0].attestations} == {
        (f"{name}.zh", 1) for name in ("one", "two", "three")
    }
    assert dict(found.chinese()[0].score.evidence)["occurrences"] == 3  # type: ignore[union-attr]


def test_forms_of_a_term_in_two_texts_are_one_concept_each_in_its_script(tmp_path: Path) -> None:
    english = "We should deepen the reform of state-owned enterprises."
    texts = {
        "full": ("要深化國有企業改革。", english),
        "short": ("要深化國企改革。", english),
        "simple": ("要深化国企改革。", english),
    }
    for name, (chinese, english) in texts.items():
        (tmp_path / f"{name}.zh.txt").write_text(chinese, encoding="utf-8")
        (tmp_path / f"{name}.en.txt").write_text(english, encoding="utf-8")
    with harvest_corpus(tmp_path, CorpusOptions(prior="none")) as harvest:
        concepts = list(harvest.concepts)
    (reform,) = (c for c in concepts if "国企改革" in {t.text for t in c.chinese()})
    assert reform.id == concept_id("国有企业改革")
    found = {(t.text, t.language, t.term_type.value, t.count) for t in reform.chinese()}
    assert found == {
        ("國有企業改革", "zh-Hant", "fullForm", 1),
        ("國企改革", "zh-Hant", "abbreviation", 1),
        ("国企改革", "zh-Hans", "abbreviation", 1),
    }
    assert [t.count for t in reform.renderings()] == [3]


def test_what_several_blocks_find_is_the_surer() -> None:
    pairs = [
        Pair(n, ((n, zh),), ((n, en),))
        for n, (zh, en) in enumerate(zip(CHINESE, ENGLISH, strict=True))
    ]
    sources = Source("a.zh", language="zh-Hans"), Source("a.en", language="en")
    (found,) = (
        concept
        for concept in harvest_pairs(sources, pairs, {}, default_encoder())
        if concept.head == "数字经济"
    )
    assert found.score is not None
    by_id = {source.id: source for source in sources}
    twice = merge_blocks([found, found], by_id)
    assert twice.score is not None
    assert twice.score.value == pytest.approx(1 - (1 - found.score.value) ** 2, abs=1e-4)
    assert merge_blocks([found], by_id).score == found.score
    # A hundred texts that hold a common word make no term of it.
    assert merge_blocks([found] * 100, by_id).score == twice.score


def test_a_limit_on_attestations_leaves_the_count(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    variants = Variant("zh-CN", (CHINESE[1],)), Variant("en-US", (ENGLISH[1],))
    tmx14.dump(Memory((TranslationUnit(variants),) * 4, "zh-CN"), path)
    with harvest_corpus(path, CorpusOptions(prior="none", attestations=1)) as harvest:
        (term, *_) = next(harvest.concepts).renderings()
    assert term.count == 1
    assert dict(term.score.evidence)["count"] == 4  # type: ignore[union-attr]


def test_processes_give_the_same(folder: Path) -> None:
    assert harvested(folder, CorpusOptions(jobs=2)) == harvested(folder, CorpusOptions())


def test_an_interrupted_harvest_is_taken_up_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counting(
        sources: tuple[Source, Source],
        pairs: Sequence[Pair],
        known: dict[str, Sequence[str]],
        encoder: Encoder,
        asked: frozenset[str] | None,
    ) -> list[Concept]:
        read.append(len(pairs))
        return harvest_pairs(sources, pairs, known, encoder, asked)

    monkeypatch.setattr("glossary.build.corpus.stages.harvest_pairs", counting)
    options = CorpusOptions(work=tmp_path / "work.sqlite")

    def stop(stage: str, done: int, _total: int) -> None:
        if stage == "read" and done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), harvest_corpus(folder, options, stop):
        pass
    assert read == [3, 3]
    again = harvested(folder, options)
    assert read == [3, 3, 3]
    assert again == harvested(folder, CorpusOptions())


@pytest.mark.parametrize("stage", ["keep", "find", "count", "read"])
def test_every_stage_is_taken_up_again_where_it_was_left(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary.build.corpus.reading._CHUNK", 3)
    monkeypatch.setattr("glossary.build.corpus.spool._BATCH", 3)
    monkeypatch.setattr("glossary.build.corpus.spool.BLOCK", 2)
    path = memory(tmp_path, 12)
    options = CorpusOptions(work=tmp_path / "work", prior="none", small=5, closely=4, sample=9)
    seen: list[tuple[str, int]] = []

    def stop(now: str, done: int, _total: int) -> None:
        seen.append((now, done))
        if now == stage and done > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), harvest_corpus(path, options, stop):
        pass
    first = seen.copy()
    seen.clear()
    stage = "none"
    with harvest_corpus(path, options, stop) as harvest:
        again = [concept_record(concept) for concept in harvest.concepts]
    # What was done is not done again.
    assert not {item for item in seen if item[1]} & set(first[:-1])
    fresh = CorpusOptions(prior="none", small=5, closely=4, sample=9)
    assert again == harvested(path, fresh)


# Harvests with small stretches, two processes and a line for each step.
SLOWLY = """
import sys
from pathlib import Path
from glossary.build.corpus import CorpusOptions, harvest_corpus, reading, spool
reading._CHUNK = spool._BATCH = 3
spool.BLOCK = 2
path, work = map(Path, sys.argv[1:])
options = CorpusOptions(work=work, prior="none", small=5, closely=6, jobs=2)
with harvest_corpus(path, options, lambda *step: print(*step, flush=True)):
    pass
"""


@pytest.mark.parametrize("stage", ["count", "read"])
def test_a_killed_harvest_is_taken_up_again(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, work = memory(tmp_path, 24), tmp_path / "work"
    command = [sys.executable, "-c", SLOWLY, str(path), str(work)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        for line in process.stdout:
            name, done, _ = line.split()
            if name == stage and int(done):
                process.kill()
    assert process.returncode == -signal.SIGKILL
    monkeypatch.setattr("glossary.build.corpus.reading._CHUNK", 3)
    monkeypatch.setattr("glossary.build.corpus.spool._BATCH", 3)
    monkeypatch.setattr("glossary.build.corpus.spool.BLOCK", 2)
    options = CorpusOptions(prior="none", small=5, closely=6)
    assert harvested(path, replace(options, work=work)) == harvested(path, options)


def test_long_pairs_are_read_in_smaller_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = memory(tmp_path, 12)
    chinese, english = CHINESE[2], ENGLISH[2]
    monkeypatch.setattr("glossary.build.corpus.spool.BLOCK_AREA", 3 * len(chinese) * len(english))
    totals = set()
    options = CorpusOptions(prior="none", small=5, closely=12, enough=12)
    with harvest_corpus(path, options, lambda *now: totals.add(now)) as harvest:
        heads = {concept.head for concept in harvest.concepts}
    (blocks,) = {total for stage, _, total in totals if stage == "read"}
    assert 4 <= blocks < 12, blocks
    assert "数字经济" in heads


def test_progress_tells_how_much_there_is(tmp_path: Path) -> None:
    path = memory(tmp_path, 12)
    assert corpus_size(path) == 12
    totals: dict[str, set[int]] = {}
    last: dict[str, int] = {}

    def note(stage: str, done: int, total: int) -> None:
        totals.setdefault(stage, set()).add(total)
        last[stage] = done

    with harvest_corpus(path, CorpusOptions(prior="none"), note):
        pass
    assert totals == {"keep": {12}, "find": {12}, "count": {12}, "read": {1}, "merge": {0}}
    assert last == {"keep": 12, "find": 12, "count": 12, "read": 1, "merge": 0}


def test_memory_does_not_grow_with_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("glossary.build.corpus.reading._CHUNK", 100)
    monkeypatch.setattr("glossary.build.corpus.spool._BATCH", 100)
    options = CorpusOptions(prior="none", small=5, closely=10, sample=200)
    peaks = []
    # The first run fills caches.
    for times in (300, 1200, 4800):
        path = memory(tmp_path, times)
        tracemalloc.start()
        with harvest_corpus(path, options) as harvest:
            assert "数字经济" in {concept.head for concept in harvest.concepts}
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    _, few, many = peaks
    assert many < 1.1 * few


def test_the_work_of_another_harvest_is_refused(folder: Path, tmp_path: Path) -> None:
    work = tmp_path / "work.sqlite"
    harvested(folder, CorpusOptions(work=work))
    with pytest.raises(BadInputError, match="the work of another harvest"):
        harvested(folder, CorpusOptions(work=work, least=7))
    other = tmp_path / "note.txt"
    other.write_text("no database, and longer than a page header is; " * 20, encoding="utf-8")
    with pytest.raises(BadInputError, match="is not the work of a corpus harvest"):
        harvested(folder, CorpusOptions(work=other))
    assert other.read_text(encoding="utf-8").startswith("no database")


def test_one_work_file_serves_one_harvest_at_a_time(tmp_path: Path) -> None:
    work = tmp_path / "work.sqlite"
    with Spool(work, "job"), pytest.raises(BadInputError, match="is in use by another harvest"):
        Spool(work, "job")
    with Spool(work, "job") as spool:
        assert spool.count_of_pairs() == 0


def test_the_later_form_of_one_authority_is_preferred() -> None:
    chinese = Source("a.zh", language="zh-Hans")
    old = Source("old.en", language="en", date="2012", authority=Authority.OFFICIAL)
    new = Source("new.en", language="en", date="2023", authority=Authority.OFFICIAL)
    harvests = [
        harvest_pairs(
            (chinese, source),
            [Pair(0, ((0, CHINESE[0]),), ((0, text),))],
            {},
            default_encoder(),
        )
        for source, text in (
            (old, "We must build a network power faster."),
            (new, "We must build a strong cyber country faster."),
        )
    ]
    group = [c for some in harvests for c in some if c.id == concept_id("网络强国")]
    assert [(t.text, t.status) for t in merge_group(group, [old, new]).renderings()] == [
        ("strong cyber country", AdministrativeStatus.PREFERRED),
        ("network power", AdministrativeStatus.SUPERSEDED),
    ]
