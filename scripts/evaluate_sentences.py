"""Measure sentence splitting on hand-split texts, beside other splitters.

Each file of a folder holds one sentence a line. Every ``--lines`` of them are joined to a paragraph
and split again; what is scored is the boundaries inside the paragraphs: precision, recall and F1
of their offsets, and characters per second.

    python scripts/evaluate_sentences.py --zh texts/zh --en texts/en --peers --errors 20
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from glossary.texts.sentences import sentence_spans

#: Takes a paragraph, gives the offsets at which its sentences end.
Splitter = Callable[[str], list[int]]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined sentences and the offsets at which those but the last end."""

    text: str
    ends: frozenset[int]


def paragraphs(folder: Path, lines: int, glue: str) -> Iterator[Paragraph]:
    """Yield the paragraphs made of ``lines`` sentences of each file; ``folder`` may be a file."""
    files = sorted(folder.iterdir()) if folder.is_dir() else [folder]
    for file in files:
        # Corpora keep tokenised and translated copies beside their texts.
        if file.suffix in {".tok", ".trans"} or not file.is_file():
            continue
        sentences = [
            line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        for first in range(0, len(sentences), lines):
            group = sentences[first : first + lines]
            ends: list[int] = []
            position = 0
            for sentence in group:
                position += len(sentence)
                ends.append(position)
                position += len(glue)
            yield Paragraph(glue.join(group), frozenset(ends[:-1]))


def splitters(language: str, *, peers: bool) -> dict[str, Splitter]:
    """Return tifa's splitter and, if asked for, those of the peers that are installed."""
    found: dict[str, Splitter] = {
        "tifa": lambda text: [end for _, end in sentence_spans(text, language)]
    }
    if not peers:
        return found
    # The peers are no dependencies of tifa: imported by name, if they are there.
    if importlib.util.find_spec("nupunkt") and language == "en":
        nupunkt = importlib.import_module("nupunkt")
        found["nupunkt"] = lambda text: _ends(
            text, [text[a:b] for a, b in nupunkt.sent_spans(text)]
        )
    if importlib.util.find_spec("sentencex"):
        sentencex = importlib.import_module("sentencex")
        found["sentencex"] = lambda text: _ends(text, list(sentencex.segment(language[:2], text)))
    return found


def _ends(text: str, sentences: list[str]) -> list[int]:
    """Return where sentences end that tell no offsets, or count the space behind them."""
    ends: list[int] = []
    position = 0
    for sentence in sentences:
        bare = sentence.strip()
        start = text.find(bare, position)
        if bare and start >= 0:
            position = start + len(bare)
            ends.append(position)
    return ends


def _show(paragraph: Paragraph, place: int, kind: str) -> None:
    before, after = paragraph.text[max(0, place - 40) : place], paragraph.text[place : place + 40]
    print(f"    {kind}: …{before} ‖ {after}…")


def evaluate(language: str, folders: list[Path], arguments: argparse.Namespace) -> None:
    """Print one line of figures for each splitter."""
    glue = "" if language.startswith("zh") else " "
    texts = [p for folder in folders for p in paragraphs(folder, arguments.lines, glue)]
    for name, splitter in splitters(language, peers=arguments.peers).items():
        right = found = gold = shown = 0
        started = time.perf_counter()
        for paragraph in texts:
            guesses = {end for end in splitter(paragraph.text) if end < len(paragraph.text)}
            right += len(guesses & paragraph.ends)
            found += len(guesses)
            gold += len(paragraph.ends)
            if name == "tifa" and shown < arguments.errors:
                for place in sorted(guesses ^ paragraph.ends):
                    _show(paragraph, place, "extra" if place in guesses else "missed")
                    shown += 1
        seconds = time.perf_counter() - started
        precision, recall = right / max(1, found), right / max(1, gold)
        f1 = 2 * right / max(1, found + gold)
        speed = sum(len(paragraph.text) for paragraph in texts) / seconds
        print(
            f"{language}\t{name}\tP {precision:.4f}\tR {recall:.4f}\tF1 {f1:.4f}"
            f"\t{gold} boundaries\t{speed:,.0f} characters/s"
        )


def main(argv: list[str] | None = None) -> int:
    """Run the measurement; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for option, language in (("--zh", "Chinese"), ("--en", "English")):
        parser.add_argument(
            option,
            action="append",
            default=[],
            type=Path,
            metavar="DIR",
            help=f"folder (or file) of {language} text, one sentence a line; may be repeated",
        )
    parser.add_argument("--lines", type=int, default=8, help="sentences a paragraph (default 8)")
    parser.add_argument("--peers", action="store_true", help="also run nupunkt and sentencex")
    parser.add_argument("--errors", type=int, default=0, help="show about that many errors of tifa")
    arguments = parser.parse_args(argv)
    if not arguments.zh and not arguments.en:
        parser.error("nothing to measure: give --zh or --en")
    for language, folders in (("zh-Hans", arguments.zh), ("en", arguments.en)):
        if folders:
            evaluate(language, folders, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
