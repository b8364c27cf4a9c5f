"""What quotations and marks say about cutting two texts."""

import json
from pathlib import Path
from typing import Any

import pytest

from glossary.align.cuts import CUT_FEATURES, CutText, cut_features

CASES = json.loads((Path(__file__).parent.parent / "data" / "cuts.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_positions_inside_a_quotation(case: dict[str, Any]) -> None:
    sides = [CutText(case[side]) for side in ("source", "target")]
    assert [side.inside.tolist() for side in sides] == case["inside"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_features_of_cuts(case: dict[str, Any]) -> None:
    source, target = (CutText(case[side]) for side in ("source", "target"))
    features = cut_features(
        source, target, range(len(case["source"]) + 1), range(len(case["target"]) + 1)
    )
    for place, expected in case["features"].items():
        row, column = map(int, place.split(","))
        there = [
            name for name, on in zip(CUT_FEATURES, features[:, row, column], strict=True) if on
        ]
        assert there == expected, place
