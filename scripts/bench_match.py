#!/usr/bin/env python3
"""Measure the matching of segments: milliseconds, memory, matches missed, and what others say.

The memory is generated: sentences put together from the clauses of the corpora (United Nations and
HKMA reports; words drawn by Zipf's law where there are none), and copies of them with some words or
characters deleted, doubled or replaced. Queries are texts of the memory edited anew, a third of
them lightly, a third up to the threshold, a third beyond it. The best match of each is compared
with that of a full scan.

    python scripts/bench_match.py speed --shared ../shared --units 1000000 --language zh
    python scripts/bench_match.py agree --shared ../shared --language en
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from glossary.memory.entries import Entry
from glossary.memory.index import MemoryIndex
from glossary.memory.similarity import similarity
from glossary.memory.units import coded, plain_text, squeezed
from glossary.texts.sentences import split_sentences

SEED = 20260101
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
TOKENIZERS = {"zh": "LuceneSmartChineseTokenizer", "en": "LuceneEnglishTokenizer"}


# The sentences


def corpus(shared: Path | None, language: str) -> list[str]:
    """Return the sentences of the corpora, or sentences of frequent words.

    The Chinese of the United Nations' set has spaces between its words: they are taken out.
    """
    if shared is None:
        return generated(language)
    found = (
        (shared / "data" / "un-parallel-v1-devset" / f"UNv1.0.devset.{language}")
        .read_text("utf-8")
        .splitlines()
    )
    for path in sorted((shared / "data" / "hkma-annual-reports-wmt25").glob("20*/docs/*.md")):
        if path.name.startswith("C") == (language == "zh"):
            for line in path.read_text("utf-8").splitlines():
                found += split_sentences(line, language)
    return [
        text
        for text in dict.fromkeys(map(squeezed if language == "zh" else plain_text, found))
        if len(text) > 4
    ]


def generated(language: str, count: int = 10_000) -> list[str]:
    """Return sentences of words drawn by Zipf's law."""
    from wordfreq import top_n_list

    chance = random.Random(SEED)
    words = [word for word in top_n_list(language, 20_000) if word.isalpha()]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    glue, comma, stop = ("", "，", "。") if language == "zh" else (" ", ", ", ".")
    return [
        comma.join(
            glue.join(chance.choices(words, cum_weights=weights, k=chance.randint(3, 9)))
            for _ in range(chance.randint(1, 4))
        )
        + stop
        for _ in range(count)
    ]


def pieces(text: str, language: str) -> list[str]:
    """Return what is edited as one: characters of Chinese, words of English."""
    return list(text) if language == "zh" else text.split(" ")


def edited(
    text: str, rate: float, pool: Sequence[str], language: str, chance: random.Random
) -> str:
    """Return ``text`` with about that share of its pieces deleted, replaced or preceded by more."""
    kept = []
    for piece in pieces(text, language):
        kind = chance.random() / rate if rate else 3.0
        if kind < 0.3:
            continue
        if kind < 0.7:
            kept.append(chance.choice(pool))
        elif kind < 1:
            kept += [chance.choice(pool), piece]
        else:
            kept.append(piece)
    return ("" if language == "zh" else " ").join(kept)


def memory_texts(
    sentences: Sequence[str], count: int, language: str, chance: random.Random
) -> Iterator[str]:
    """Yield as many source texts as wanted, the corpus itself first."""
    clauses = [
        clause
        for text in sentences
        for clause in re.split(r"(?<=[，；,;])", text)
        if len(clause) > 2
    ]
    pool = [piece for text in sentences for piece in pieces(text, language)]
    made = 0
    for text in sentences[:count]:
        made += 1
        yield text
    while made < count:
        text = "".join(chance.choices(clauses, k=chance.choices((1, 2, 3, 4), (3, 4, 2, 1))[0]))
        for _ in range(chance.choice((1, 1, 1, 4))):
            if made < count and (new := plain_text(edited(text, 0.15, pool, language, chance))):
                made += 1
                yield new


def queries(
    index: MemoryIndex, count: int, pool: Sequence[str], language: str, chance: random.Random
) -> list[str]:
    """Return segments to look up: texts of the memory with more or less edited in them."""
    found: list[str] = []
    while len(found) < count:
        text = index.text(chance.randrange(index.text_count))
        rate = chance.uniform(*((0, 0.1), (0.1, 0.25), (0.25, 0.5))[len(found) % 3])
        if new := plain_text(edited(text, rate, pool, language, chance)):
            found.append(new)
    return found


# Speed and recall


class FullScan:
    """Compares a segment with every text."""

    def __init__(self, index: MemoryIndex) -> None:
        self.texts = [index.text(number) for number in range(index.text_count)]
        self.texts = list(map(squeezed, self.texts))
        self.codes = list(map(coded, self.texts))
        self.sizes = np.array(list(map(len, self.codes)))
        self.lengths = np.array(list(map(len, self.texts)))

    def best(self, segment: str) -> int:
        """Return the highest percentage of any text."""
        segment = squeezed(segment)
        codes = coded(segment)
        sizes = np.maximum(self.sizes, len(codes))
        lengths = np.maximum(self.lengths, len(segment))
        edits, in_characters = self._edits(codes, self.codes), self._edits(segment, self.texts)
        same, same_characters = sizes - edits, lengths - in_characters
        percent = 50 * (same * lengths + same_characters * sizes) // (sizes * lengths)
        percent = np.minimum(percent, 99)
        percent[in_characters == 0] = 100
        return int(percent.max())

    @staticmethod
    def _edits(text: str, others: list[str]) -> npt.NDArray[np.int64]:
        found = cdist([text], others, scorer=Levenshtein.distance, dtype=np.int32)
        return np.asarray(found[0], np.int64)


def megabytes() -> int:
    """Return the most memory that the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure_speed(options: argparse.Namespace) -> None:
    """Build or open an index; print times, memory and the best matches missed."""
    from glossary.memory.arrays import read_arrays, write_arrays

    chance = random.Random(SEED)
    sentences = corpus(options.shared, options.language)
    pool = [piece for text in sentences for piece in pieces(text, options.language)]
    if not (options.index and options.index.exists()):
        start = time.perf_counter()
        texts = memory_texts(sentences, options.units, options.language, chance)
        built = MemoryIndex.build(
            Entry(text, f"[{number}]", "x") for number, text in enumerate(texts)
        )
        print(f"generated and indexed in {time.perf_counter() - start:.0f} s, {megabytes()} MB")
        path = options.index or Path(tempfile.mkdtemp()) / "index"
        write_arrays(path, built.header, built.arrays)
        del built
    else:
        path = options.index
    start = time.perf_counter()
    opened = read_arrays(path)
    assert opened is not None
    index = MemoryIndex(*opened)
    opening = time.perf_counter() - start
    print(
        f"{len(index)} entries, {index.text_count} texts, {path.stat().st_size >> 20} MB on disk, "
        f"opened in {1000 * opening:.0f} ms"
    )
    asked = queries(index, options.queries, pool, options.language, random.Random(SEED + 1))
    for segment in asked[:20]:
        index.search(segment, options.threshold)
    times, bests = [], []
    for segment in asked:
        start = time.perf_counter()
        hits = index.search(segment, options.threshold)
        times.append(1000 * (time.perf_counter() - start))
        bests.append(int(hits.percent.max()) if len(hits.percent) else 0)
    print(
        f"{len(asked)} segments at {options.threshold} %: p50 {percentile(times, 0.5):.1f} ms, "
        f"p95 {percentile(times, 0.95):.1f} ms, p99 {percentile(times, 0.99):.1f} ms, "
        f"max {max(times):.1f} ms; {sum(map(bool, bests))} with a match; {megabytes()} MB in all"
    )
    if options.scan:
        compare_with_scan(index, asked[: options.scan], bests, options.threshold)
    if options.toolkit:
        compare_with_toolkit(index, asked[:50], options.toolkit, options.threshold)


def compare_with_scan(
    index: MemoryIndex, asked: Sequence[str], bests: Sequence[int], threshold: int
) -> None:
    """Print how many of the best matches of a full scan were found."""
    scan = FullScan(index)
    there = found = 0
    start = time.perf_counter()
    for segment, best in zip(asked, bests, strict=False):
        true = scan.best(segment)
        if true >= threshold:
            there += 1
            found += true == best
            if true != best:
                print(f"  missed: {true} %, found {best} %: {segment}")
    seconds = time.perf_counter() - start
    print(
        f"best matches of the full scan found: {found} of {there}; "
        f"the scan took {1000 * seconds / len(asked):.0f} ms a segment"
    )


def compare_with_toolkit(
    index: MemoryIndex, asked: Sequence[str], units: int, threshold: int
) -> None:
    """Print the times of translate-toolkit's matcher and of tifa on the same smaller memory."""
    from translate.search.match import matcher
    from translate.storage.base import TranslationStore, TranslationUnit

    store: Any = TranslationStore()
    texts = [index.text(number) for number in range(min(units, index.text_count))]
    for text in texts:
        unit = TranslationUnit(text)
        unit.target = text
        store.addunit(unit)
    theirs = matcher(store, min_similarity=threshold, max_length=1000)
    ours = MemoryIndex.build(Entry(text, text, "x") for text in texts)
    for name, look_up in (
        ("translate-toolkit", theirs.matches),
        ("tifa", lambda segment: ours.search(segment, threshold)),
    ):
        times = []
        for segment in asked:
            start = time.perf_counter()
            look_up(segment)
            times.append(1000 * (time.perf_counter() - start))
        print(
            f"{name}, {len(texts)} units: p50 {percentile(times, 0.5):.1f} ms, "
            f"p95 {percentile(times, 0.95):.1f} ms"
        )


# Agreement


def measure_agreement(options: argparse.Namespace) -> None:
    """Print percentages beside those of translate-toolkit and OmegaT, and how they agree."""
    from translate.search.lshtein import LevenshteinComparer

    chance = random.Random(SEED)
    sentences = corpus(options.shared, options.language)
    pool = [piece for text in sentences for piece in pieces(text, options.language)]
    pairs: list[tuple[str, str]] = []
    while len(pairs) < options.queries:
        text = chance.choice(sentences)
        other = plain_text(edited(text, chance.uniform(0, 0.5), pool, options.language, chance))
        if other and len(text) < 200 and len(other) < 200:
            pairs.append((text, other))
    scores = {"tifa": [float(similarity(*pair).percent) for pair in pairs]}
    comparer = LevenshteinComparer(1000)
    scores["translate-toolkit"] = [float(comparer.similarity(*pair, 0)) for pair in pairs]
    scores |= omegat_scores(pairs, TOKENIZERS[options.language])
    names = list(scores)
    print(f"{len(pairs)} pairs; mean difference to tifa, mean absolute difference, Kendall's tau-b")
    for name in names[1:]:
        difference = np.array(scores[name]) - np.array(scores["tifa"])
        print(
            f"{name:<20}{difference.mean():>+7.1f}{np.abs(difference).mean():>7.1f}"
            f"{kendall(scores['tifa'], scores[name]):>8.3f}"
        )
    if len(names) > 2:
        tau = kendall(scores[names[1]], scores[names[2]])
        print(f"(those two with each other: tau-b {tau:.3f})")


def omegat_scores(pairs: Sequence[tuple[str, str]], tokenizer: str) -> dict[str, list[float]]:
    """Return OmegaT's three percentages by its own classes; nothing if it is not installed."""
    if not OMEGAT.exists() or shutil.which("java") is None:
        print("OmegaT is not installed: compared with translate-toolkit only")
        return {}
    program = Path(__file__).with_name("OmegaTSimilarity.java")
    run = subprocess.run(
        ["java", "-cp", str(OMEGAT), str(program), tokenizer],
        input="".join(f"{left}\t{right}\n" for left, right in pairs),
        capture_output=True,
        text=True,
        check=True,
    )
    columns = zip(*(map(float, line.split("\t")) for line in run.stdout.splitlines()), strict=True)
    names = ("OmegaT, stems", "OmegaT, words", "OmegaT, all tokens")
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def kendall(first: Sequence[float], second: Sequence[float]) -> float:
    """Return Kendall's rank correlation tau-b (1945), which allows for ties."""
    left, right = (np.sign(np.subtract.outer(v, v)) for v in (np.array(first), np.array(second)))
    return float((left * right).sum() / np.sqrt((left**2).sum() * (right**2).sum()))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("speed", "agree"))
    parser.add_argument("--shared", type=Path, help="folder with the corpora")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=1000, help="segments or pairs")
    parser.add_argument("--threshold", type=int, default=70)
    parser.add_argument("--scan", type=int, default=0, help="segments compared with a full scan")
    parser.add_argument("--toolkit", type=int, default=0, help="units for translate-toolkit")
    parser.add_argument("--index", type=Path, help="index to use; written if it does not exist")
    options = parser.parse_args()
    print(json.dumps({k: str(v) for k, v in vars(options).items()}, ensure_ascii=False))
    {"speed": measure_speed, "agree": measure_agreement}[options.what](options)


if __name__ == "__main__":
    main()
