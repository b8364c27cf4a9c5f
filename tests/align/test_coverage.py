"""What tokens say about beads, against the definitions spelled out one bead at a time."""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest

from glossary.align.blocks import LONGEST, Block, CountedText
from glossary.align.coverage import TOKEN_FEATURES, TokenCoverage, TokenText, coverage_features
from glossary.encoders.protocol import IntArray

N, M = 9, 11
RNG = np.random.default_rng(11)


def text(sizes: list[int]) -> TokenText:
    vectors = RNG.normal(0, 1, (sum(sizes), 4)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = RNG.uniform(0.05, 1, sum(sizes)).astype(np.float32)
    starts = np.cumsum([0, *sizes])
    mass = [weights[a:b].sum() for a, b in itertools.pairwise(starts)]
    return TokenText(0, vectors, weights, starts, np.array(mass, dtype=np.float32))


SOURCE = text([3, 1, 4, 0, 2, 5, 1, 2, 3])
TARGET = text([2, 3, 0, 4, 1, 2, 2, 3, 1, 4, 2])


def tokens(one: TokenText, sentences: range) -> IntArray:
    inside = [i for i in sentences if 0 <= i < len(one.mass)]
    kept = [np.arange(one.starts[i], one.starts[i + 1]) for i in inside]
    return np.concatenate([np.empty(0, dtype=np.int64), *kept])


def share(one: TokenText, run: range, other: TokenText, by: range) -> float:
    """How much of a run the other one accounts for."""
    mine, theirs = tokens(one, run), tokens(other, by)
    total = 0.0
    if len(mine) and len(theirs):
        like = np.maximum(one.vectors[mine] @ other.vectors[theirs].T, 0).max(axis=1)
        total = float(one.weights[mine] @ like)
    return total / (float(one.weights[mine].sum()) + 0.5)


@dataclass(frozen=True)
class Bead:
    """A bead with the two ways to see it."""

    rows: range
    columns: range

    def one_way(self, one: TokenText, other: TokenText, run: range, by: range) -> list[float]:
        longer = [range(by.start - 1, by.stop), range(by.start, by.stop + 1)]
        shorter = [range(by.start + 1, by.stop), range(by.start, by.stop - 1)]
        own = share(one, run, other, by)
        size = len(by)
        ends = [range(run.start, run.start + 1), range(run.stop - 1, run.stop)]
        beside = [range(run.start - 1, run.start), range(run.stop, run.stop + 1)]
        return [
            own,
            max(share(one, run, other, grown) for grown in longer) - own if size < LONGEST else 0,
            own - max(share(one, run, other, cut) for cut in shorter) if size > 1 else 0,
            min(share(one, end, other, by) for end in ends),
            max(share(one, end, other, by) for end in beside),
        ]

    def features(self) -> dict[str, float]:
        source = self.one_way(SOURCE, TARGET, self.rows, self.columns)
        target = self.one_way(TARGET, SOURCE, self.columns, self.rows)
        both = [value for pair in zip(source, target, strict=True) for value in pair]
        return dict(zip(TOKEN_FEATURES, [*both, min(source[0], target[0])], strict=True))


@pytest.mark.parametrize(("rows", "columns"), [(range(10), range(12)), (range(5, 8), range(4, 9))])
def test_features_are_those_of_the_definitions(rows: range, columns: range) -> None:
    near = (np.zeros(N, dtype=np.int64), np.full(N, M))
    sides = [
        CountedText(np.zeros((LONGEST, n, 1), np.float32), np.ones(n, np.float32), ["a"] * n, 1.0)
        for n in (N, M)
    ]
    a, b = Block(sides[0], rows), Block(sides[1], columns)
    out = np.full((len(TOKEN_FEATURES), LONGEST, a.count, LONGEST, b.count), np.nan, np.float32)
    coverage_features(out, TokenCoverage(SOURCE, TARGET, near), a, b)
    checked = 0
    for p in range(1, LONGEST + 1):
        for q in range(1, LONGEST + 1):
            for i in rows:
                for j in columns:
                    # At the texts' edges there is nothing to grow into: any value will do.
                    if i - p > 0 and j - q > 0 and i < N and j < M:
                        bead = Bead(range(i - p, i), range(j - q, j))
                        found = out[:, p - 1, i - rows.start, q - 1, j - columns.start]
                        expected = list(bead.features().values())
                        np.testing.assert_allclose(found, expected, atol=1e-5)
                        checked += 1
    assert checked > 50


def test_what_is_out_of_reach_accounts_for_nothing() -> None:
    near = (np.arange(N), np.arange(N) + 2)
    coverage = TokenCoverage(SOURCE, TARGET, near)
    sides = [
        CountedText(np.zeros((LONGEST, n, 1), np.float32), np.ones(n, np.float32), ["a"] * n, 1.0)
        for n in (N, M)
    ]
    a, b = Block(sides[0], range(8)), Block(sides[1], range(8))
    covered, _ = coverage.source(a, b)
    reached = np.argwhere(covered.any(axis=0))
    distances = b.sentences[reached[:, 1]] - a.sentences[reached[:, 0]]
    assert distances.min() == 0
    assert distances.max() == 1
