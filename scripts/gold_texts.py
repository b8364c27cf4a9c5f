"""Texts with gold beads, as they are or with parts missing and foreign."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from glossary.align.ladder import Beads, read_ladder
from glossary.language.script import detect_language, han_share
from glossary.texts import split_sentences

#: The sentences of both sides, and their gold beads.
Text = tuple[list[str], list[str], Beads]


def fold_name(gold: Path) -> str:
    """Return the name of the folder for weights learned without the text of a gold ladder."""
    return f"{gold.parent.parent.name}-{gold.stem}"


def gold_ladders(folders: Sequence[Path]) -> list[Path]:
    """Return the gold ladders of folders laid out as src/NNN, tgt/NNN, gold/NNN.align."""
    return [gold for folder in folders for gold in sorted((folder / "gold").glob("*.align"))]


def load(folders: Sequence[Path]) -> list[Text]:
    """Read the texts of ``gold_ladders``; Chinese becomes the first side."""
    texts: list[Text] = []
    for gold in gold_ladders(folders):
        folder = gold.parent.parent
        source, target, beads = load_text(folder / "src", folder / "tgt", gold)
        if han_share("".join(target)) > han_share("".join(source)):
            source, target = target, source
            beads = [(b, a) for a, b in beads]
        texts.append((source, target, whole(beads, len(source), len(target))))
    return texts


def load_text(source: Path, target: Path, gold: Path) -> Text:
    """Read the text of a gold ladder from the folders of sources and targets."""
    sides = [
        (folder / gold.stem).read_text(encoding="utf-8").splitlines() for folder in (source, target)
    ]
    return sides[0], sides[1], read_ladder(gold)


def paired_lines(source: Path, target: Path) -> Text:
    """Read two files that render each other line by line; each pair of lines, split, is a bead."""
    sides: tuple[list[str], list[str]] = ([], [])
    beads: Beads = []
    files = [path.read_text(encoding="utf-8").splitlines() for path in (source, target)]
    languages = [detect_language(" ".join(lines[:100])) or "en" for lines in files]
    for pair in zip(*files, strict=True):
        groups = []
        for side, line, language in zip(sides, pair, languages, strict=True):
            first = len(side)
            side.extend(split_sentences(line, language))
            groups.append(tuple(range(first, len(side))))
        if all(groups):
            beads.append((groups[0], groups[1]))
    return sides[0], sides[1], beads


def whole(beads: Beads, n: int, m: int) -> Beads:
    """Return the beads in order, with a bead of its own for each sentence that stands in none."""
    paired = sorted(bead for bead in beads if bead[0] and bead[1])
    alone = [i for i in range(n) if not any(i in a for a, _ in paired)]
    added = [j for j in range(m) if not any(j in b for _, b in paired)]
    whole: Beads = []
    for a, b in paired:
        while alone and alone[0] < a[0]:
            whole.append(((alone.pop(0),), ()))
        while added and added[0] < b[0]:
            whole.append(((), (added.pop(0),)))
        whole.append((a, b))
    return [*whole, *(((i,), ()) for i in alone), *(((), (j,)) for j in added)]


def vary(
    text: Text,
    other: Text | None,
    rng: random.Random,
    *,
    deleted: tuple[float, float] = (0.08, 0.15),
    single: float = 0.02,
    foreign: float = 0.0,
) -> Text:
    """Return the text with parts missing and foreign, its beads renumbered in order.

    Args:
        text: a text.
        other: another text to take foreign blocks from.
        rng: source of chance.
        deleted: share of the beads to lose their source and their target, in blocks.
        single: share of the beads to lose one side at random, and again of those whose target is
            replaced by a foreign sentence.
        foreign: share of beads' worth of sentences to put in from ``other``.
    """
    beads = text[2]
    lost: tuple[set[int], set[int]] = (set(), set())
    for side, share in zip(lost, deleted, strict=True):
        while len(side) < share * len(beads):
            start = rng.randrange(len(beads))
            side |= set(range(start, min(len(beads), start + rng.randint(3, 15))))
    for index in range(len(beads)):
        if rng.random() < single:
            lost[rng.randrange(2)].add(index)
    # A dropped sentence where the other side adds one is not a bead, however lonely the two are.
    replaced = {
        index: other[1][rng.randrange(len(other[1]))]
        for index in range(len(beads) if other else 0)
        if other and rng.random() < single
    }
    put: dict[int, list[tuple[int, list[str]]]] = {}
    count = 0
    while other is not None and count < foreign * len(beads):
        side_number, size = rng.randrange(2), rng.randint(3, 15)
        sentences = other[0] if side_number == 0 else other[1]
        start = rng.randrange(max(1, len(sentences) - size))
        block = sentences[start : start + size]
        put.setdefault(rng.randrange(len(beads)), []).append((side_number, block))
        count += size
    sides: tuple[list[str], list[str]] = ([], [])
    renumbered: Beads = []

    def take(kept: tuple[Sequence[str], Sequence[str]]) -> None:
        groups = []
        for side, sentences in zip(sides, kept, strict=True):
            groups.append(tuple(range(len(side), len(side) + len(sentences))))
            side.extend(sentences)
        if groups[0] and groups[1]:
            renumbered.append((groups[0], groups[1]))
        else:
            renumbered.extend(((i,), ()) for i in groups[0])
            renumbered.extend(((), (j,)) for j in groups[1])

    for index, (a, b) in enumerate(beads):
        for side_number, block in put.get(index, []):
            take((block, []) if side_number == 0 else ([], block))
        take(
            (
                [] if index in lost[0] else [text[0][i] for i in a],
                [] if index in lost[1] or index in replaced else [text[1][j] for j in b],
            )
        )
        if index in replaced:
            take(([], [replaced[index]]))
    return sides[0], sides[1], renumbered


def move_block(text: Text, rng: random.Random, *, distance: int = 20) -> tuple[Text, Beads]:
    """Return the text with a block of 3 to 15 beads of its target moved, and the beads of it.

    Args:
        text: a text whose beads are whole and in order, more than ``distance`` and 30 of them.
        rng: source of chance.
        distance: by how many beads the block is moved, forward or back.
    """
    beads = text[2]
    size = rng.randint(3, 15)
    first = rng.randrange(distance, len(beads) - size - distance)
    others = [index for index in range(len(beads)) if not first <= index < first + size]
    place = first + rng.choice((-distance, distance))
    order = [*others[:place], *range(first, first + size), *others[place:]]
    target: list[str] = []
    groups: dict[int, tuple[int, ...]] = {}
    for index in order:
        sentences = [text[1][j] for j in beads[index][1]]
        groups[index] = tuple(range(len(target), len(target) + len(sentences)))
        target += sentences
    renumbered = [(source, groups[index]) for index, (source, _) in enumerate(beads)]
    return (text[0], target, renumbered), renumbered[first : first + size]
