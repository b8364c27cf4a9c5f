"""Harvest a corpus as the classical pipeline does: eflomal, phrase pairs, C-value.

    python scripts/eflomal_peer.py CORPUS -o PAIRS.jsonl [--eflomal eflomal-align] [--least 3]

CORPUS is a TMX, or a folder with NAME.zh.txt and NAME.en.txt. Words are aligned in both directions
by eflomal (Östling and Tiedemann 2016) at its defaults, the links put together by
grow-diag-final-and (Koehn et al. 2003), and the phrase pairs that agree with them counted (Och and
Ney 2004). Chinese phrases are ranked by C-value (Frantzi et al. 2000), each with its most frequent
English phrase. PAIRS.jsonl has the records of ``tifa harvest --format jsonl``, as far as
``scripts/evaluate_harvest.py`` reads them.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from glossary.build.corpus.reading import read_corpus
from glossary.files import write_text
from glossary.language.script import to_simplified
from glossary.language.words import chinese_words, english_words, is_function_word

Links = set[tuple[int, int]]

_WORDLIKE = re.compile(r"\w")
_CHINESE_FUNCTION = frozenset(
    "的 了 着 和 与 及 或 在 是 为 以 于 把 被 将 对 从 向 由 之 其 而 并 也 等".split()
)
#: Longest phrases, in words.
_LONGEST = (6, 8)
_NEIGHBOURS = ((-1, 0), (0, -1), (1, 0), (0, 1), (-1, -1), (-1, 1), (1, -1), (1, 1))


def read_words(corpus: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of both sides of each pair of a corpus."""
    for chunk in read_corpus(corpus):
        for pair in chunk.pairs:
            chinese = to_simplified("".join(text for _, text in pair.chinese))
            english = " ".join(text for _, text in pair.english)
            left = [w.text for w in chinese_words(chinese) if w.text.strip()]
            right = [w.text.lower() for w in english_words(english)]
            if left and right:
                yield left, right


def align_words(pairs: Sequence[tuple[list[str], list[str]]], eflomal: str) -> Iterator[Links]:
    """Yield the word links of each pair."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("zh", "en", "forward", "reverse")]
        for side in (0, 1):
            write_text(paths[side], "".join(" ".join(pair[side]) + "\n" for pair in pairs))
        flags = ("-s", "-t", "-f", "-r")
        arguments = [part for both in zip(flags, map(str, paths), strict=True) for part in both]
        subprocess.run([eflomal, *arguments], check=True, stderr=subprocess.DEVNULL)
        with paths[2].open(encoding="utf-8") as forward, paths[3].open(encoding="utf-8") as back:
            for one, other in zip(forward, back, strict=True):
                yield grow_diag_final_and(_links(one), _links(other))


def _links(line: str) -> Links:
    return {(int(a), int(b)) for a, b in (link.split("-") for link in line.split())}


def grow_diag_final_and(forward: Links, reverse: Links) -> Links:
    """Return the links of both directions put together."""
    links, union = forward & reverse, forward | reverse
    rows, columns = {i for i, _ in links}, {j for _, j in links}
    waiting = sorted(links)
    while waiting:
        i, j = waiting.pop()
        for down, right in _NEIGHBOURS:
            link = i + down, j + right
            alone = link[0] not in rows or link[1] not in columns
            if alone and link in union and link not in links:
                links.add(link)
                rows.add(link[0])
                columns.add(link[1])
                waiting.append(link)
    for direction in (forward, reverse):
        for link in sorted(direction - links):
            if link[0] not in rows and link[1] not in columns:
                links.add(link)
                rows.add(link[0])
                columns.add(link[1])
    return links


def phrase_pairs(
    chinese: Sequence[str], english: Sequence[str], links: Links
) -> Iterator[tuple[str, str]]:
    """Yield the phrase pairs that agree with the links, each with the shortest English."""
    targets: list[list[int]] = [[] for _ in chinese]
    sources: list[list[int]] = [[] for _ in english]
    for i, j in links:
        targets[i].append(j)
        sources[j].append(i)
    inner_zh = [bool(_WORDLIKE.search(word)) for word in chinese]
    edge_zh = [ok and w not in _CHINESE_FUNCTION for ok, w in zip(inner_zh, chinese, strict=True)]
    for first in range(len(chinese)):
        if not edge_zh[first]:
            continue
        low, high = len(english), -1
        for last in range(first, min(first + _LONGEST[0], len(chinese))):
            if not inner_zh[last]:
                break
            for j in targets[last]:
                low, high = min(low, j), max(high, j)
            if not edge_zh[last] or high < 0 or high - low >= _LONGEST[1]:
                continue
            if all(first <= i <= last for j in range(low, high + 1) for i in sources[j]):
                words = english[low : high + 1]
                if all(_WORDLIKE.search(w) or w in "-’'&" for w in words) and not all(
                    map(is_function_word, words)
                ):
                    yield "".join(chinese[first : last + 1]), " ".join(words)


def c_values(counts: Counter[str], lengths: dict[str, int]) -> dict[str, float]:
    """Return the C-value of each phrase; ``lengths`` are in words."""
    nested: dict[str, list[int]] = defaultdict(list)
    for phrase, count in counts.items():
        size = len(phrase)
        parts = {phrase[a:b] for a in range(size) for b in range(a + 2, size + 1)} - {phrase}
        for part in parts:
            if part in counts:
                nested[part].append(count)
    values = {}
    for phrase, count in counts.items():
        within = nested.get(phrase)
        alone = count - sum(within) / len(within) if within else count
        values[phrase] = math.log2(lengths[phrase] + 1) * alone
    return values


def harvest(corpus: Path, eflomal: str, least: int) -> Iterator[tuple[str, str, float, int]]:
    """Yield (Chinese, English, C-value, count), best first."""
    pairs = list(read_words(corpus))
    met: Counter[tuple[str, str]] = Counter()
    lengths: dict[str, int] = {}
    for (chinese, english), links in zip(pairs, align_words(pairs, eflomal), strict=True):
        met.update(phrase_pairs(chinese, english, links))
    counts: Counter[str] = Counter()
    best: dict[str, tuple[int, str]] = {}
    for (phrase, rendering), count in met.items():
        counts[phrase] += count
        best[phrase] = max(best.get(phrase, (0, "")), (count, rendering))
    counts = Counter({phrase: n for phrase, n in counts.items() if n >= least and len(phrase) > 1})
    lengths = {phrase: sum(1 for _ in chinese_words(phrase)) for phrase in counts}
    values = c_values(counts, lengths)
    for phrase in sorted(values, key=lambda phrase: (-values[phrase], phrase)):
        yield phrase, best[phrase][1], values[phrase], counts[phrase]


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--eflomal", default="eflomal-align", help="its command")
    parser.add_argument("--least", type=int, default=3, help="occurrences of a Chinese phrase")
    options = parser.parse_args()
    lines = []
    for chinese, english, value, count in harvest(options.corpus, options.eflomal, options.least):
        terms = [
            {"text": text, "language": language, "source": "peer", "count": count}
            for text, language in ((chinese, "zh-Hans"), (english, "en"))
        ]
        lines.append(json.dumps({"score": value, "terms": terms}, ensure_ascii=False))
    write_text(options.output, "".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
