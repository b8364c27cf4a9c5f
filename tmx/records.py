"""Values of the model as lines of JSON: what the lossless formats are made of.

Fields with their default value are left out, so that a file stays readable and a later version may
add fields.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from glossary.plain import to_plain

__all__ = ["dump_line", "to_record"]

# Python's JSON leaves these as they are; programs that split text at every Unicode line break
# would see two lines.
_LINE_BREAKS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def dump_line(record: dict[str, Any]) -> str:
    """Return a record as one line of JSON, with its line feed."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).translate(_LINE_BREAKS)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # A lone surrogate cannot stand in a UTF-8 file, but its escape can.
        text = json.dumps(record, separators=(",", ":"))
    return text + "\n"


#: A value of the model as JSON knows it, without what has its default value.
to_record = functools.partial(to_plain, defaults=False)
