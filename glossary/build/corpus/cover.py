"""Choose the pairs of a corpus that are worth reading closely."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

__all__ = ["cover"]


def cover(
    members: Sequence[Sequence[int]],
    values: Sequence[float],
    costs: Sequence[float],
    enough: int,
    most: int,
) -> list[int]:
    """Return which pairs to read so that they hold as much as can be, in order.

    The next pair is always the one with the most value for its cost, by the candidates in it that
    have not been read ``enough`` times yet: greedy maximum coverage, which comes within 1 - 1/e of
    the best choice there is (Nemhauser, Wolsey and Fisher 1978). A pair's worth only falls, so it
    is reckoned anew only when the pair stands first (lazy evaluation, Minoux 1978).

    Args:
        members: the candidates of each pair, by number, without repetition.
        values: of each candidate; what is worth 0 is not looked for.
        costs: of each pair, above 0.
        enough: in how many chosen pairs a candidate has to stand.
        most: how many pairs may be chosen.
    """
    missing = [enough if value > 0 else 0 for value in values]

    def worth(pair: int) -> float:
        return sum(values[key] for key in members[pair] if missing[key]) / costs[pair]

    waiting = [(-worth(pair), pair) for pair in range(len(members)) if worth(pair)]
    heapq.heapify(waiting)
    chosen: list[int] = []
    while waiting and len(chosen) < most:
        before, pair = heapq.heappop(waiting)
        now = -worth(pair)
        if now > before:
            if now:
                heapq.heappush(waiting, (now, pair))
            continue
        chosen.append(pair)
        for key in members[pair]:
            missing[key] = max(0, missing[key] - 1)
    return sorted(chosen)
