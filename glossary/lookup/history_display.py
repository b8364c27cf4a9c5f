"""The history of a concept as text for people and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from glossary.lookup.display import Style, plain_text
from glossary.lookup.search import Match
from glossary.termbase.history import Period

__all__ = ["JSON_SCHEMA", "histories_to_json", "histories_to_text"]

JSON_SCHEMA = "tifa.history/1"

History = tuple[Match, Sequence[Period]]

_ROLES = {"preferred": "good", "superseded": "bad", "deprecated": "bad", "machine": "bad"}


def histories_to_text(histories: Sequence[History], style: Style = plain_text) -> str:
    """Return histories for people: a block for each concept, a line for each rendering."""
    return "\n\n".join("\n".join(_block(history, style)) for history in histories)


def _block(history: History, style: Style) -> Iterator[str]:
    match, periods = history
    yield "  ".join(filter(None, (style(match.concept.head, "head"), style(match.pinyin, "faint"))))
    spans = [_span(period) for period in periods]
    width = max(map(len, spans), default=0)
    for period, span in zip(periods, spans, strict=True):
        state = period.state.value
        facts = [state] if state == "machine" else [state, period.term.authority.label]
        facts += [f"{period.term.count}×", *period.sources]
        yield (
            f"  {span:<{width}}  {style(period.term.text, _ROLES.get(state, 'plain'))}"
            f"  {style(' · '.join(facts), 'faint')}"
        )


def _span(period: Period) -> str:
    if period.start is None:
        return "?"
    if period.end is None or period.end == period.start:
        return period.start
    return f"{period.start}–{period.end}"


def histories_to_json(histories: Sequence[History], date: str | None) -> dict[str, Any]:
    """Return histories as plain values; ``date`` is the day that the states are of."""
    return {
        "schema": JSON_SCHEMA,
        "as_of": date,
        "concepts": [
            {
                "id": match.concept.id,
                "head": match.concept.head,
                "pinyin": match.pinyin,
                "renderings": [
                    {
                        "text": period.term.text,
                        "language": period.term.language,
                        "state": period.state.value,
                        "authority": period.term.authority.label,
                        "start": period.start,
                        "end": period.end,
                        "count": period.term.count,
                        "sources": list(period.sources),
                    }
                    for period in periods
                ],
            }
            for match, periods in histories
        ],
    }
