"""Measure how renderings of one concept are put together as forms of one rendering.

    python scripts/evaluate_variants.py GOLD.tsv… [--peers] [--errors]
    python scripts/evaluate_variants.py GOLD.tsv… --records HARVEST.jsonl [--concepts]
    python scripts/evaluate_variants.py --chinese PAIRS.tsv [--records HARVEST.jsonl | --peers]

GOLD is a TSV whose header names the columns ``head`` (or ``concept``, ``zh``, ``chinese``),
``cluster`` (or ``label``) and ``rendering`` (or ``en``, ``english``, ``text``); others are passed
over. Without such a header they are the first three columns, in this order; of two columns the
first is the label, and all renderings are put together. Renderings of one head with one cluster
label are forms of one rendering, those with different labels compete. Labels of different heads are
different.

Without ``--records`` the renderings of each head are clustered by tifa. ``--peers`` clusters them
by the exact normal form, by the similarity of sorted words and by a sentence encoder's cosine as
well, each by average linkage at the threshold that is best on the first GOLD. With ``--records``
the clusters are those of a harvest; renderings that it does not have are left out and counted.
``--concepts`` asks whether the renderings of a head stand in one concept, whatever their clusters.

PAIRS is a TSV whose header names ``short``, ``full``, ``same`` (yes or no), ``of_short`` and
``of_full``: two Chinese terms, whether one is a shorter form of the other, and their renderings,
best first with ``|`` between them. Printed are precision, recall and F1 of the pairs joined; with
``--records`` of those that the harvest has in one concept, among the pairs both of whose terms it
has.

Printed for each GOLD: precision, recall and F1 of the pairs of renderings that share a cluster, and
B-cubed (Bagga and Baldwin 1998): the same as seen from each rendering, averaged.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from glossary.encoders import default_encoder
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.chinese_forms import proof, shortens
from glossary.harvest.citation import phrase_key
from glossary.harvest.linkage import average_linkage
from glossary.harvest.variants import cluster_texts
from glossary.model import Concept, Term, concept_id, is_chinese

#: Renderings and their labels by head.
Gold = Mapping[str, Mapping[str, str]]
#: Puts renderings of one head together: the label of each.
Clustering = Callable[[Sequence[str]], Sequence[object]]
#: How alike each two of some renderings are.
Likeness = Callable[[Sequence[str]], Sequence[Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of the pairs, and B-cubed."""

    pairs: tuple[float, float, float]
    b_cubed: tuple[float, float, float]

    def __str__(self) -> str:
        """Return the figures on one line."""
        pairs = "P {:.3f} R {:.3f} F1 {:.3f}".format(*self.pairs)
        return f"pairs {pairs}  B3 " + "P {:.3f} R {:.3f} F1 {:.3f}".format(*self.b_cubed)


_HEADS, _LABELS, _RENDERINGS = (
    ("head", "concept", "zh", "chinese"),
    ("cluster", "label"),
    ("rendering", "en", "english", "text"),
)


def read_gold(path: Path) -> Gold:
    """Return the labels of a gold list's renderings."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if any(map(str.strip, row))]
    head, label, rendering, titled = _columns(rows[0] if rows else [])
    gold: dict[str, dict[str, str]] = defaultdict(dict)
    for number, row in enumerate(rows[titled:], 1 + titled):
        if len(row) <= max(head, label, rendering):
            sys.exit(f"{path}: row {number} has no head, cluster and rendering")
        name = row[head].strip() if head >= 0 else ""
        gold[name][row[rendering].strip()] = row[label].strip()
    return gold


def _columns(first: Sequence[str]) -> tuple[int, int, int, bool]:
    """Return where head (-1 for none), label and rendering stand, and whether a header says so."""
    names = [name.strip().lower() for name in first]
    head, label, rendering = (
        next((names.index(name) for name in some if name in names), -1)
        for some in (_HEADS, _LABELS, _RENDERINGS)
    )
    if label >= 0 and rendering >= 0:
        return head, label, rendering, True
    return (0, 1, 2, False) if len(names) > 2 else (-1, 0, 1, False)


def measure(gold: Sequence[Sequence[object]], found: Sequence[Sequence[object]]) -> Figures:
    """Return the figures of clusters against gold clusters, both as labels by head and item."""
    both = only_gold = only_found = 0
    precision: list[float] = []
    recall: list[float] = []
    for want, have in zip(gold, found, strict=True):
        for one, other in itertools.combinations(range(len(want)), 2):
            wanted, given = want[one] == want[other], have[one] == have[other]
            both += wanted and given
            only_gold += wanted and not given
            only_found += given and not wanted
        for item in range(len(want)):
            mates = {n for n, label in enumerate(want) if label == want[item]}
            given_mates = {n for n, label in enumerate(have) if label == have[item]}
            precision.append(len(mates & given_mates) / len(given_mates))
            recall.append(len(mates & given_mates) / len(mates))
    return Figures(
        _f1(both / max(1, both + only_found), both / max(1, both + only_gold)),
        _f1(sum(precision) / max(1, len(precision)), sum(recall) / max(1, len(recall))),
    )


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def evaluate(gold: Gold, clustering: Clustering) -> Figures:
    """Return the figures of a way to cluster the renderings of a head."""
    found = [clustering(list(labels)) for labels in gold.values()]
    return measure([list(labels.values()) for labels in gold.values()], found)


def tifa(texts: Sequence[str]) -> Sequence[object]:
    """Cluster renderings as the harvest does."""
    return _labels(len(texts), cluster_texts(texts))


def exact(texts: Sequence[str]) -> Sequence[object]:
    """Cluster renderings by their normal form."""
    return [phrase_key(text) for text in texts]


def linked(likeness: Likeness, least: float) -> Clustering:
    """Return the clustering by average linkage over a likeness."""

    def cluster(texts: Sequence[str]) -> Sequence[object]:
        table = likeness(texts)
        pairs = itertools.combinations(range(len(texts)), 2)
        alike = {(one, other): table[one][other] for one, other in pairs}
        clusters = average_linkage(len(texts), alike, least=least)
        return _labels(len(texts), clusters)

    return cluster


def _labels(count: int, clusters: Sequence[Sequence[int]]) -> Sequence[object]:
    label = {item: n for n, cluster in enumerate(clusters) for item in cluster}
    return [label[item] for item in range(count)]


def sorted_words(texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Return rapidfuzz's ratio of the sorted words of normal forms."""
    keys = [phrase_key(text) for text in texts]
    return [[fuzz.token_sort_ratio(one, other) / 100 for other in keys] for one in keys]


def cosine(texts: Sequence[str]) -> Sequence[Sequence[float]]:
    """Return the cosine of the vectors of the default sentence encoder."""
    vectors = default_encoder().encode(texts)
    table: list[list[float]] = (vectors @ vectors.T).tolist()
    return table


def best_threshold(gold: Gold, likeness: Likeness) -> float:
    """Return the threshold with the best F1 of pairs, in steps of .02."""
    steps = [step / 100 for step in range(50, 100, 2)]
    return max(steps, key=lambda step: evaluate(gold, linked(likeness, step)).pairs[2])


def of_harvest(
    gold: Gold, records: Sequence[dict[str, Any]], *, concepts: bool
) -> tuple[Gold, list[list[object]]]:
    """Return the part of a gold list that harvest records have, and its labels in them."""
    places: dict[tuple[str, str], tuple[str, str]] = {}
    for record in records:
        terms = record["terms"]
        heads = {normal_form(term["text"]) for term in terms if is_chinese(term["language"])}
        for term in terms:
            if not is_chinese(term["language"]):
                cluster = "" if concepts else term.get("variant_of") or term["text"]
                for head in heads:
                    place = (record["concept"], cluster)
                    places.setdefault((head, phrase_key(term["text"])), place)
    known: dict[str, dict[str, str]] = {}
    found: list[list[object]] = []
    for head, labels in gold.items():
        there = {t: places.get((normal_form(head), phrase_key(t))) for t in labels}
        kept = [text for text, place in there.items() if place]
        if kept:
            known[head] = {text: "" if concepts else labels[text] for text in kept}
            found.append([there[text] for text in kept])
    return known, found


@dataclass(frozen=True, slots=True)
class FormPair:
    """Two Chinese terms with their renderings, and whether one is a shorter form of the other."""

    short: Concept
    full: Concept
    same: bool


def read_form_pairs(path: Path) -> list[FormPair]:
    """Return the rows of a list of Chinese terms and possible full forms."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def concept(text: str, renderings: str) -> Concept:
        terms = (Term(rendering, "en") for rendering in renderings.split("|"))
        return Concept(concept_id(text), (Term(text, "zh-Hans"), *terms))

    return [
        FormPair(
            concept(row["short"], row["of_short"]),
            concept(row["full"], row["of_full"]),
            row["same"] == "yes",
        )
        for row in rows
    ]


def has_shape(pair: FormPair) -> bool:
    """Return whether the shorter term looks like a form of the longer one."""
    return shortens(normal_form(pair.short.head), normal_form(pair.full.head))


def has_rendering(pair: FormPair) -> bool:
    """Return whether the two have the same first rendering, in normal form."""
    first, second = (concept.renderings()[0].text for concept in (pair.short, pair.full))
    return phrase_key(first) == phrase_key(second)


def is_joined(pair: FormPair) -> bool:
    """Return whether tifa takes the two for one."""
    return has_shape(pair) and bool(proof(pair.short, pair.full))


def harvested_heads(records: Sequence[dict[str, Any]]) -> dict[str, set[str]]:
    """Return the concepts of each Chinese term of harvest records, by its normal form."""
    concepts: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for term in record["terms"]:
            if is_chinese(term["language"]):
                concepts[normal_form(term["text"])].add(record["concept"])
    return concepts


def report_forms(
    path: Path, records: Sequence[dict[str, Any]] | None, *, peers: bool, list_errors: bool
) -> Iterator[str]:
    """Yield the lines of the report on a list of Chinese terms and possible full forms."""
    pairs = read_form_pairs(path)
    joined = is_joined
    if records is not None:
        concepts = harvested_heads(records)

        def found_in(concept: Concept) -> set[str]:
            return concepts.get(normal_form(concept.head), set())

        def joined(pair: FormPair) -> bool:
            return not found_in(pair.short).isdisjoint(found_in(pair.full))

        pairs = [pair for pair in pairs if found_in(pair.short) and found_in(pair.full)]
    yield f"{path.name}: {len(pairs)} pairs, {sum(pair.same for pair in pairs)} of them one"
    ways: dict[str, Callable[[FormPair], bool]] = {"tifa": joined}
    if peers:
        ways |= {"shape alone": has_shape, "first rendering alone": has_rendering}
    for name, way in ways.items():
        found = [pair for pair in pairs if way(pair)]
        right = sum(pair.same for pair in found)
        figures = _f1(right / max(1, len(found)), right / max(1, sum(p.same for p in pairs)))
        yield f"  {name:<24} " + "P {:.3f} R {:.3f} F1 {:.3f}".format(*figures)
    if list_errors:
        for pair in pairs:
            if joined(pair) != pair.same:
                wrong = "parted" if pair.same else "joined"
                yield f"{wrong}\t{pair.short.head}\t{pair.full.head}"


def errors(gold: Gold, clustering: Clustering) -> Iterator[str]:
    """Yield each pair of renderings that is joined or parted against the gold."""
    for head, labels in gold.items():
        texts = list(labels)
        found = clustering(texts)
        for one, other in itertools.combinations(range(len(texts)), 2):
            wanted = labels[texts[one]] == labels[texts[other]]
            if wanted != (found[one] == found[other]):
                yield "\t".join(("parted" if wanted else "joined", head, texts[one], texts[other]))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, nargs="*", metavar="GOLD")
    parser.add_argument("--chinese", type=Path, metavar="PAIRS", help="Chinese terms in pairs")
    parser.add_argument("--records", type=Path, help="output of tifa harvest --format jsonl")
    parser.add_argument("--concepts", action="store_true", help="one concept for each head?")
    parser.add_argument("--peers", action="store_true", help="other ways beside tifa's")
    parser.add_argument("--errors", action="store_true", help="list the pairs tifa has wrong")
    options = parser.parse_args()
    if not options.gold and not options.chinese:
        parser.error("name a GOLD or --chinese PAIRS")
    records = None
    if options.records:
        text = options.records.read_text(encoding="utf-8")
        records = [json.loads(line) for line in text.splitlines()]
    if options.chinese:
        lines = report_forms(
            options.chinese, records, peers=options.peers, list_errors=options.errors
        )
        print("\n".join(lines))
    golds = [read_gold(path) for path in options.gold]
    if records is not None:
        for path, gold in zip(options.gold, golds, strict=True):
            known, found = of_harvest(gold, records, concepts=options.concepts)
            there, all_ = (sum(map(len, some.values())) for some in (known, gold))
            figures = measure([list(labels.values()) for labels in known.values()], found)
            print(f"{path.name}  harvest  {there} of {all_} renderings  {figures}")
        return
    ways: dict[str, Clustering] = {"tifa": tifa}
    if options.peers and golds:
        ways["exact normal form"] = exact
        for name, likeness in (("sorted words", sorted_words), ("sentence encoder", cosine)):
            least = best_threshold(golds[0], likeness)
            ways[f"{name} from {least:.2f}"] = linked(likeness, least)
    for path, gold in zip(options.gold, golds, strict=True):
        clusters = sum(len(set(labels.values())) for labels in gold.values())
        size = f"{len(gold)} heads, {sum(map(len, gold.values()))} renderings, {clusters} clusters"
        print(f"{path.name}: {size}")
        for name, way in ways.items():
            print(f"  {name:<24} {evaluate(gold, way)}")
        if options.errors:
            print("\n".join(errors(gold, tifa)))


if __name__ == "__main__":
    main()
