"""Texts whose right beads are known: what the measurements of the aligner rest on."""

import itertools
import random
from pathlib import Path
from types import ModuleType

import pytest
from script_modules import load_script

DISTANCE = 20


@pytest.fixture(scope="module")
def gold_texts() -> ModuleType:
    return load_script("gold_texts")


@pytest.mark.parametrize("seed", range(12))
def test_a_moved_block_keeps_its_renditions_and_jumps_over_as_many_beads_as_asked(
    gold_texts: ModuleType, seed: int
) -> None:
    rng = random.Random(seed)
    # Beads of one or two sentences a side; in every seventh a sentence of either side stands alone.
    sizes = [
        [(0, 1), (1, 0)][number % 2] if number % 7 == 3 else (rng.randint(1, 2), rng.randint(1, 2))
        for number in range(80)
    ]
    ends = [list(itertools.accumulate(side)) for side in zip(*sizes, strict=True)]
    beads = [
        tuple(tuple(range(end[number] - size[side], end[number])) for side, end in enumerate(ends))
        for number, size in enumerate(sizes)
    ]
    source = [f"原{number}" for number in range(ends[0][-1])]
    target = [f"translated {number}" for number in range(ends[1][-1])]

    (new_source, new_target, moved), block = gold_texts.move_block((source, target, beads), rng)

    assert new_source == source
    assert sorted(new_target) == sorted(target)
    # Every bead joins the same sentences as before.
    assert [group for group, _ in moved] == [group for group, _ in beads]
    assert [[new_target[j] for j in group] for _, group in moved] == [
        [target[j] for j in group] for _, group in beads
    ]
    assert 3 <= len(block) <= 15
    first = moved.index(block[0])
    assert moved[first : first + len(block)] == block
    # The others stand in order; 20 of them changed their side of the block.
    rest = moved[:first] + moved[first + len(block) :]
    assert [j for _, group in rest for j in group] == sorted(j for _, group in rest for j in group)
    place = min(j for _, group in block for j in group)
    before = {number for number, (_, group) in enumerate(moved) if group and group[0] < place}
    before -= set(range(first, first + len(block)))
    jumped = before ^ {number for number in range(first) if moved[number][1]}
    bounds = (
        range(first - DISTANCE, first),
        range(first + len(block), first + len(block) + DISTANCE),
    )
    assert jumped in [{number for number in bound if moved[number][1]} for bound in bounds]


def test_lines_that_render_each_other_are_beads_of_their_sentences(
    gold_texts: ModuleType, tmp_path: Path
) -> None:
    chinese, english = tmp_path / "zh", tmp_path / "en"
    chinese.write_text("路修好了。大家都来了。\n\n会议在县里开。\n", encoding="utf-8")
    english.write_text("The road is built and all came.\n\nThey met. It was long.\n")
    source, target, beads = gold_texts.paired_lines(chinese, english)
    assert source == ["路修好了。", "大家都来了。", "会议在县里开。"]
    assert target == ["The road is built and all came.", "They met.", "It was long."]
    assert beads == [((0, 1), (0,)), ((2,), (1, 2))]
