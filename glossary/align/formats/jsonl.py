"""Beads as JSON lines, for programs: one object a bead."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from glossary.align.formats.saved import SavedAlignment, SavedBead
from glossary.errors import BadInputError
from glossary.model import Bitext, Source

__all__ = ["load_json_lines", "to_json_lines"]

_SCHEMA = "tifa.bead/1"


def to_json_lines(bitext: Bitext) -> str:
    """Return one JSON object a bead: score, members (segment indices) and texts by source."""
    lines = []
    for bead in bitext.beads:
        texts = {
            document.source.id: [segment.text for segment in bitext.segments(bead, at)]
            for at, document in enumerate(bitext.documents)
        }
        value = {
            "schema": _SCHEMA,
            "score": bead.score,
            "kind": "-".join(str(len(group)) for group in bead.members),
            "edited": bead.edited,
            "members": bead.members,
            "texts": texts,
        }
        lines.append(json.dumps(value, ensure_ascii=False) + "\n")
    return "".join(lines)


def load_json_lines(path: Path) -> SavedAlignment:
    """Read beads that :func:`to_json_lines` wrote; their numbers only put the texts in order.

    Raises:
        BadInputError: the file cannot be read or a line is not a bead.
    """
    from tmx.textfile import open_text

    beads: list[SavedBead] = []
    names: tuple[str, ...] = ()
    with open_text(path) as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                value: Any = json.loads(line)
                schema, texts = value["schema"], value["texts"]
                bead = SavedBead(
                    tuple(tuple(map(str, group)) for group in texts.values()),
                    float(value["score"]),
                    edited=bool(value.get("edited")),
                    places=tuple(tuple(map(int, group)) for group in value["members"]),
                )
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise BadInputError("is not a bead in JSON", place=path, line=number) from error
            names = names or tuple(texts)
            whole = [*map(len, bead.places)] == [*map(len, bead.groups)]
            known = schema == _SCHEMA and tuple(texts) == names
            if not (whole and known and 0 <= bead.score <= 1):
                raise BadInputError(
                    f"is not a bead of {' and '.join(names)} in the form {_SCHEMA}",
                    place=path,
                    line=number,
                )
            beads.append(bead)
    if len(names) < 2:
        raise BadInputError("has no beads of two texts or more", place=path)
    return SavedAlignment(tuple(map(Source, names)), tuple(beads))
