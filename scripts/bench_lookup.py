"""Measure lookup on a generated termbase: milliseconds and found share by kind of query.

Terms are drawn at random, by Zipf's law, from the words of wordfreq; nothing is downloaded.

    python scripts/bench_lookup.py --concepts 100000 --termbase bench.sqlite
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from glossary.language.pinyin import initials, letters, marked, numbered
from glossary.language.script import to_traditional
from glossary.lookup import lookup
from glossary.model import AdministrativeStatus, Attestation, Authority, Concept, Source, Term
from glossary.termbase import Termbase

SEED = 20260101


def words(language: str, count: int) -> list[str]:
    """Return the most frequent words of a language that are good for terms."""
    from wordfreq import top_n_list

    found = top_n_list(language, 4 * count)
    if language == "zh":
        good = [w for w in found if 2 <= len(w) <= 3 and all(c in _HAN for c in w)]
    else:
        good = [w for w in found if len(w) > 3 and w.isascii() and w.isalpha()]
    return good[:count]


_HAN = frozenset(map(chr, range(0x4E00, 0x9FA6)))


def concepts(count: int) -> Iterator[Concept]:
    """Yield concepts with one Chinese term and two renderings, each attested once."""
    chance = random.Random(SEED)
    chinese, english = words("zh", 15_000), words("en", 15_000)
    # Term words are less skewed than running text: rank + 50 flattens the head of the law.
    weights = {
        len(pool): list(accumulate(1 / (rank + 50) for rank in range(len(pool))))
        for pool in (chinese, english)
    }

    def draw(pool: list[str], least: int, most: int) -> list[str]:
        size = chance.randint(least, most)
        return chance.choices(pool, cum_weights=weights[len(pool)], k=size)

    for number in range(count):
        head = "".join(draw(chinese, 1, 4))
        renderings = [" ".join(draw(english, 1, 4)) for _ in range(2)]
        yield Concept(
            f"c{number}",
            (
                _term(head, "zh-Hans", "zh", number),
                _term(renderings[0], "en", "en", number, AdministrativeStatus.PREFERRED),
                _term(renderings[1], "en", "mt", number),
            ),
        )


def _term(
    text: str,
    language: str,
    source: str,
    number: int,
    status: AdministrativeStatus | None = None,
) -> Term:
    context = f"{text}。" if language != "en" else f"It is about {text}."
    start = context.index(text)
    proof = Attestation(
        source, number, (start, start + len(text)), text, context, f"zh+en+mt#{number}"
    )
    authority = Authority.OFFICIAL if status else Authority.MACHINE
    return Term(text, language, status=status, authority=authority, attestations=(proof,))


def slip(text: str, chance: random.Random) -> str:
    """Return ``text`` with one letter lost, doubled or swapped with the next."""
    place = chance.randrange(1, len(text) - 1)
    return chance.choice(
        (
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :],
        )
    )


def queries(concept: Concept, chance: random.Random) -> dict[str, str]:
    """Return a query of each kind that should find ``concept``."""
    head, english = concept.head, concept.renderings()[0].text
    reading = numbered(head)
    found = {
        "exact zh": head,
        "exact en": english,
        "traditional": to_traditional(head),
        "inflected": f"the {english}s",
        "pinyin": letters(reading),
        "pinyin, tones": marked(reading),
        "initials": initials(reading),
        "prefix zh": head[: max(2, len(head) - 1)],
        "prefix en": english[: max(3, len(english) - 2)],
        "one character": head[0],
        "wildcard en": _starred(english),
        "wildcard zh": _starred(head),
        "wildcard, Han apart": "*".join(head[::2]) + "*",
        "expression en": f"/{english.split()[-1]}s?$/",
        "expression zh": f"/^{head[:2]}|{head[-2:]}$/",
    }
    if len(head) >= 4:
        place = chance.randrange(1, len(head) - 1)
        found["substring zh"] = head[1:]
        found["typo zh"] = head[:place] + chance.choice(sorted(_HAN)) + head[place + 1 :]
    if len(english) >= 8:
        found["typo en"] = slip(english, chance)
    return found


def _starred(text: str) -> str:
    """Return a pattern for ``text`` without its middle."""
    place = max(1 if text[0] in _HAN else 2, len(text) // 3)
    return f"{text[:place]}*{text[-place:]}"


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(
    base: Termbase,
    sample: list[Concept],
    say: Callable[[str], None],
    clock: Callable[[], float] = time.perf_counter,
) -> None:
    """Say times and found shares of queries for the concepts of ``sample``."""
    chance = random.Random(SEED)
    times: dict[str, list[float]] = {}
    found: dict[str, list[bool]] = {}
    for concept in sample:
        for kind, query in queries(concept, chance).items():
            start = clock()
            matches = lookup(base, query)
            times.setdefault(kind, []).append(1000 * (clock() - start))
            found.setdefault(kind, []).append(any(m.concept.id == concept.id for m in matches))
    say(f"{'kind':<20}{'n':>5}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'in top 10':>11}")
    everything = [value for values in times.values() for value in values]
    hits = [hit for values in found.values() for hit in values]
    for kind, values, good in (
        *((kind, times[kind], found[kind]) for kind in times),
        ("all", everything, hits),
    ):
        say(
            f"{kind:<20}{len(values):>5}{percentile(values, 0.5):>9.2f}"
            f"{percentile(values, 0.95):>9.2f}{max(values):>9.1f}{sum(good) / len(good):>11.1%}"
        )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200, help="concepts to ask for")
    parser.add_argument(
        "--termbase", type=Path, required=True, help="file to use; written if it does not exist"
    )
    parser.add_argument(
        "--cpu", action="store_true", help="time of the processor, where other work runs beside"
    )
    options = parser.parse_args()
    if not options.termbase.exists():
        start = time.perf_counter()
        with Termbase.create(options.termbase) as base, base.transaction("generate"):
            base.add_sources([Source(id_) for id_ in ("zh", "en", "mt")])
            base.add_concepts(concepts(options.concepts))
        seconds = time.perf_counter() - start
        print(f"written in {seconds:.0f} s, {options.termbase.stat().st_size / 1e6:.0f} MB")
    with Termbase.open(options.termbase, readonly=True) as base:
        held = base.counts().concepts
        print(f"{held} concepts")
        chosen = random.Random(SEED).sample(range(held), min(options.queries, held))
        sample = [c for number in chosen if (c := base.concept(f"c{number}"))]
        measure(base, sample[:20], lambda _: None)  # warm up
        measure(base, sample, print, time.process_time if options.cpu else time.perf_counter)


if __name__ == "__main__":
    main()
