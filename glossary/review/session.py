"""A review concept by concept: each decision is kept before the next question is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from glossary.errors import OutputError
from glossary.model import Concept, ReviewState
from glossary.review.decide import carry_out
from glossary.review.verdicts import Action, Verdict
from glossary.termbase import Termbase

__all__ = ["Session"]

#: What a step of a review is called in the life of a termbase, so that a later one can undo it.
_STEP = re.compile(r"review: \w+ .* \((?P<concept>\S+)\)")


@dataclass(frozen=True, slots=True)
class _Done:
    """A decision, the place in the queue it was made at, and its step; None if it made none."""

    place: int
    verdict: Verdict
    step: int | None


class Session:
    """The concepts that one reviewer is asked about, one after the other.

    Each decision is a transaction of its own: whoever is interrupted, or killed, loses nothing.
    """

    def __init__(
        self,
        base: Termbase,
        ids: Iterable[str],
        *,
        state: ReviewState = ReviewState.UNREVIEWED,
        who: str = "",
    ) -> None:
        """Begin with the first concept.

        Args:
            base: open for writing.
            ids: the concepts to ask about, in that order.
            state: a concept that is no longer in it when its turn comes is passed over.
            who: the reviewer.
        """
        self._base = base
        self._ids = list(ids)
        self._state = state
        self._who = who
        self._done: list[_Done] = []
        self._place = 0
        self._pass_over()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What was decided and not taken back."""
        return tuple(done.verdict for done in self._done)

    @property
    def number(self) -> int:
        """The 1-based number of the concept that is asked about."""
        return self._place + 1

    @property
    def total(self) -> int:
        """How many concepts there are to be asked about."""
        return len(self._ids)

    @property
    def left(self) -> int:
        """How many concepts are still open, those that were skipped among them."""
        skipped = sum(verdict.action is Action.SKIP for verdict in self.verdicts)
        return self.total - self._place + skipped

    def current(self) -> Concept | None:
        """Return the concept that is asked about, or None at the end."""
        return None if self._place >= len(self._ids) else self._base.concept(self._ids[self._place])

    def decide(self, verdict: Verdict) -> None:
        """Keep what is said about the current concept and go on to the next.

        Raises:
            TifaError: it cannot be carried out or kept; the concept stays the current one.
        """
        step = None
        if verdict.action is not Action.SKIP:
            concept = self._base.concept(verdict.concept)
            head = concept.head if concept else ""
            what = f"review: {verdict.action} {head} ({verdict.concept})"
            carry_out(self._base, [verdict], what, who=self._who)
            step = self._base.transactions()[-1].number
        self._done.append(_Done(self._place, verdict, step))
        self._place += 1
        self._pass_over()

    def undo(self) -> bool:
        """Take the last decision back, ask about its concept again; return whether there was one.

        At the beginning that is the last one of an earlier session, if nothing else happened to
        the termbase since.

        Raises:
            OutputError: the termbase was changed by somebody else since that decision.
        """
        if not self._done:
            return self._undo_earlier()
        done = self._done[-1]
        if done.step is not None:
            steps = self._base.transactions()
            if not steps or steps[-1].number != done.step:
                raise OutputError("was changed by another program since", place=self._base.path)
            self._base.undo()
        self._done.pop()
        self._place = done.place
        return True

    def _undo_earlier(self) -> bool:
        steps = self._base.transactions()
        match = _STEP.fullmatch(steps[-1].what) if steps else None
        if match is None:
            return False
        self._base.undo()
        if match["concept"] in self._ids:
            self._ids.remove(match["concept"])
        self._ids.insert(self._place, match["concept"])
        return True

    def _pass_over(self) -> None:
        """Pass over what was decided meanwhile: merged into another, or by somebody else."""
        while self._place < len(self._ids):
            concept = self._base.concept(self._ids[self._place])
            if concept is not None and concept.review is self._state:
                return
            del self._ids[self._place]
