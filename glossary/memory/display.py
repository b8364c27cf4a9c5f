"""Matches of segments as text for people and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Levenshtein

from glossary.language.variants import fold
from glossary.lookup.display import Style, plain_text
from glossary.memory.matching import MemoryMatch
from glossary.memory.repair import Repair
from glossary.memory.units import Unit, units

__all__ = ["JSON_SCHEMA", "Answer", "difference", "to_json", "to_text"]

JSON_SCHEMA = "tifa.match/1"


@dataclass(frozen=True, slots=True)
class Answer:
    """A segment with its matches, each with the proposed repair if there is one."""

    segment: str
    matches: tuple[tuple[MemoryMatch, Repair | None], ...]


def difference(before: str, after: str) -> str:
    """Return ``before`` with what ``after`` lacks as ``[-…-]`` and what it has more as ``{+…+}``.

    Differences are those of words and Chinese characters; width and case count as none.
    """
    old, new = units(before), units(after)
    parts: list[str] = []
    position = 0
    for operation in Levenshtein.opcodes([fold(u.text) for u in old], [fold(u.text) for u in new]):
        gone = old[operation.src_start : operation.src_end]
        come = new[operation.dest_start : operation.dest_end]
        if operation.tag == "equal":
            parts.append(before[position : gone[-1].end])
            position = gone[-1].end
            continue
        if gone:
            parts.append(before[position : gone[0].start])
            parts.append(f"[-{_between(before, gone)}-]")
            position = gone[-1].end
        elif position and before[position : position + 1].isspace():
            parts.append(" ")
        if come:
            parts.append("{+" + _between(after, come) + "+}")
    return "".join(parts) + before[position:]


def _between(text: str, pieces: Sequence[Unit]) -> str:
    return text[pieces[0].start : pieces[-1].end]


def to_text(answers: Sequence[Answer], style: Style = plain_text) -> str:
    """Return matches for people: a block for each segment, the best match first."""
    return "\n\n".join("\n".join(_block(answer, style)) for answer in answers)


def _block(answer: Answer, style: Style) -> Iterator[str]:
    yield style(answer.segment, "head")
    if not answer.matches:
        yield "  no match"
    for match, proposal in answer.matches:
        yield f"  {style(f'{match.percent} %', 'good')}  {style(_facts(match), 'faint')}"
        if match.similarity.percent < 100:
            yield f"    {difference(match.entry.source, answer.segment)}"
        yield f"    {match.entry.target}"
        if proposal is not None:
            changes = "; ".join(f"{change.old} → {change.new}" for change in proposal.changes)
            yield f"    proposal: {proposal.target}  {style(f'[{changes}]', 'faint')}"


def _facts(match: MemoryMatch) -> str:
    entry = match.entry
    facts = [match.kind.value]
    if match.similarity.percent < 100:
        facts.append(f"words {match.similarity.units}, characters {match.similarity.characters}")
    if match.penalty:
        facts.append(f"penalty {match.penalty}")
    facts += filter(None, (entry.authority.label if entry.authority is not None else "",
                           entry.origin, entry.date))  # fmt: skip
    return " · ".join(facts)


def to_json(answers: Sequence[Answer]) -> dict[str, Any]:
    """Return matches as plain values."""
    return {
        "schema": JSON_SCHEMA,
        "segments": [
            {
                "segment": answer.segment,
                "matches": [_plain(match, proposal) for match, proposal in answer.matches],
            }
            for answer in answers
        ],
    }


def _plain(match: MemoryMatch, proposal: Repair | None) -> dict[str, Any]:
    entry = match.entry
    return {
        "percent": match.percent,
        "kind": match.kind.value,
        "similarity": match.similarity.percent,
        "units": match.similarity.units,
        "characters": match.similarity.characters,
        "penalty": match.penalty,
        "source": entry.source,
        "target": entry.target,
        "language": entry.language,
        "origin": entry.origin,
        "authority": None if entry.authority is None else entry.authority.label,
        "date": entry.date or None,
        "alignment": entry.alignment,
        "proposal": None
        if proposal is None
        else {
            "target": proposal.target,
            "changes": [
                {"memory": c.memory, "segment": c.segment, "old": c.old, "new": c.new}
                for c in proposal.changes
            ],
        },
    }
