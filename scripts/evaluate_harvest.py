"""Measure a harvest against a gold list of term pairs.

    python scripts/evaluate_harvest.py --gold LIST TEXT TEXT… [--source ID]
    python scripts/evaluate_harvest.py --gold LIST --corpus DIR|TMX
    python scripts/evaluate_harvest.py --gold LIST --records HARVEST.jsonl

LIST is a TSV (Chinese, then renderings with ``|`` between them; a header line names the columns,
``--column`` picks one, ``--level`` counts recall on the rows whose column "level" is that and
precision on all) or a JSONL whose lines hold ``{"proper": {chinese: [english, …]}}``, or the same
as "terms". A gold pair counts if its Chinese and one of its renderings occur in the texts. Forms
are compared simplified, without marks, articles, case, number and hyphens.

Printed: recall of the gold pairs; recall of their heads; precision among the gold heads (of the
renderings given for a head that the list knows, how many it lists) and, where the list is
exhaustive (``--exhaustive``), of all pairs. Each also at cut-offs by score.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glossary.build.corpus import CorpusOptions, harvest_corpus
from glossary.build.term_harvest import harvest_texts
from glossary.harvest.candidates_zh import normal_form
from glossary.harvest.citation import phrase_key
from glossary.harvest.records import concept_record
from glossary.model import is_chinese
from glossary.texts import parse_request, read_document

Pairs = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A harvested pair in normal forms, and the score of its concept."""

    head: str
    rendering: str
    score: float


def read_gold(path: Path, column: str | None = None, level: str | None = None) -> Pairs:
    """Return the renderings of each head of a gold list, in normal forms.

    Args:
        path: TSV or JSONL.
        column: the header of the renderings' column; the second column by default.
        level: keep only rows with this value in the column ``level``.

    Raises:
        ValueError: the list has no such column.
    """
    gold: Pairs = defaultdict(set)
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".jsonl":
        for line in lines:
            for head, renderings in _listed(json.loads(line)).items():
                gold[normal_form(head)].update(map(phrase_key, renderings))
        return dict(gold)
    header = lines[0].split("\t") if lines else [""]
    asked = [column] * bool(column) + ["level"] * bool(level)
    missing = [name for name in asked if name not in header]
    if missing:
        raise ValueError(f"{path} has no column {missing[0]}; it has: {', '.join(header)}")
    place = header.index(column) if column else 1
    for line in lines[1:] if column or header[0] in {"zh", "chinese"} else lines:
        fields = line.split("\t")
        if level and fields[header.index("level")] != level:
            continue
        if len(fields) > place and fields[place].strip():
            gold[normal_form(fields[0])].update(map(phrase_key, fields[place].split("|")))
    return dict(gold)


def _listed(row: dict[str, Any]) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = row.get("proper") or row.get("terms") or {}
    return pairs


def occurring(gold: Pairs, texts: tuple[str, str]) -> Pairs:
    """Return the gold pairs both of whose sides occur in the texts (Chinese, English)."""
    chinese, english = normal_form(texts[0]), f" {phrase_key(texts[1])} "
    kept = {
        head: {rendering for rendering in renderings if f" {rendering} " in english}
        for head, renderings in gold.items()
        if head in chinese
    }
    return {head: renderings for head, renderings in kept.items() if renderings}


def found_pairs(records: Iterable[dict[str, Any]], source: str | None) -> list[Found]:
    """Return the pairs of harvest records; only those of one source, if it is named."""
    found = []
    for record in records:
        terms = record["terms"]
        heads = {normal_form(term["text"]) for term in terms if is_chinese(term["language"])}
        renderings = {
            phrase_key(term["text"])
            for term in terms
            if not is_chinese(term["language"]) and source in {None, term["source"]}
        }
        found += [Found(head, item, record["score"]) for head in heads for item in renderings]
    return found


def report(
    gold: Pairs, found: Iterable[Found], *, exhaustive: bool, right: Pairs | None = None
) -> list[str]:
    """Return the lines of the report, one for each cut-off.

    Args:
        gold: pairs to be found.
        found: pairs harvested.
        exhaustive: whether what the list lacks is wrong, so that precision can be told.
        right: all pairs that are right, if they are more than those to be found.
    """
    right = right or gold
    pairs = list(found)
    lines = [f"gold pairs {len(gold)}"]
    for least in (0.0, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5):
        kept: Pairs = defaultdict(set)
        for pair in pairs:
            if pair.score >= least:
                kept[pair.head].add(pair.rendering)
        hits = sum(bool(kept.get(head, set()) & renderings) for head, renderings in gold.items())
        heads = sum(head in kept for head in gold)
        known = [(h, r) for h in kept if h in right for r in kept[h]]
        correct = sum(rendering in right[head] for head, rendering in known)
        total = sum(map(len, kept.values()))
        line = (
            f"score>={least:.2f}  pairs {total:6}  recall {hits / max(1, len(gold)):.3f}  "
            f"heads {heads / max(1, len(gold)):.3f}  "
            f"precision on gold heads {correct / max(1, len(known)):.3f}"
        )
        lines.append(line + (f"  precision {correct / max(1, total):.3f}" if exhaustive else ""))
    return lines


def document_texts(arguments: Iterable[str], source: str | None) -> tuple[str, str]:
    """Return the Chinese and the English text of documents; English of one source, if named."""
    documents = [read_document(parse_request(argument)) for argument in arguments]
    chinese = [document.text for document in documents if is_chinese(document.language)]
    english = [
        document.text
        for document in documents
        if not is_chinese(document.language) and source in {None, document.source.id}
    ]
    return "\n".join(chinese), " . ".join(english)


def contexts(records: Iterable[dict[str, Any]]) -> tuple[str, str]:
    """Return what a harvest shows of its texts: the sentences that attest some term."""
    sides: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for record in records:
        for term in record["terms"]:
            for attestation in term["attestations"]:
                sides[is_chinese(term["language"])][attestation["context"]] = None
    return "\n".join(sides[True]), " . ".join(sides[False])


def main() -> None:
    """Run the script."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument(
        "--prior",
        default="core",
        metavar="TERMBASE|none",
        help="none: without the core glossary, as for texts whose formulations it lacks",
    )
    parser.add_argument("--column", help="column of a TSV with a header")
    parser.add_argument("--level", help="rows of a TSV that recall is counted on")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--records", type=Path, help="output of tifa harvest --format jsonl")
    parser.add_argument("--source", help="count the renderings of this source only")
    parser.add_argument("--exhaustive", action="store_true")
    parser.add_argument("--misses", action="store_true", help="list the pairs not found")
    options = parser.parse_args()
    if not options.gold.is_file():
        parser.error(f"there is no gold list {options.gold}")
    # Read before the minutes that a harvest takes.
    try:
        core = read_gold(options.gold, options.column, options.level)
        everything = read_gold(options.gold, options.column)
    except ValueError as error:
        parser.error(str(error))
    start = time.perf_counter()
    if options.records:
        lines = options.records.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
    else:
        if options.corpus:
            with harvest_corpus(options.corpus, CorpusOptions(prior=options.prior)) as harvest:
                records = [concept_record(concept) for concept in harvest.concepts]
            signature = harvest.signature
        else:
            harvested = harvest_texts(options.texts, prior=options.prior)
            records = [concept_record(concept) for concept in harvested.concepts]
            signature = harvested.signature
        print(signature, f"{time.perf_counter() - start:.1f} s", sep="\n", file=sys.stderr)
    texts = document_texts(options.texts, options.source) if options.texts else contexts(records)
    gold, right = occurring(core, texts), occurring(everything, texts)
    found = found_pairs(records, options.source)
    print("\n".join(report(gold, found, exhaustive=options.exhaustive, right=right)))
    if options.misses:
        kept: Pairs = defaultdict(set)
        for pair in found:
            kept[pair.head].add(pair.rendering)
        for head, renderings in gold.items():
            if not kept.get(head, set()) & renderings:
                print(head, sorted(renderings), sorted(kept.get(head, set())), sep="\t")


if __name__ == "__main__":
    main()
