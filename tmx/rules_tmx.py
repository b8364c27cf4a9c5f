"""The structure of TMX 1.4 (LISA OSCAR's tmx14.dtd), for :mod:`tmx.grammar`."""

from __future__ import annotations

from tmx.grammar import Element, part

__all__ = ["TMX_RULES"]

_SEGMENT_TYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
_DATA = frozenset(
    "o-encoding datatype usagecount lastusagedate creationtool creationtoolversion creationdate "
    "creationid changedate changeid o-tmf".split()
)
_META = frozenset({"o-encoding", "xml:lang", "lang"})
_INLINE = "bpt ept ph it hi ut"
_CODE = (part("sub"),)

TMX_RULES = {
    "tmx": Element(
        (part("header", "1"), part("body", "1")),
        optional=frozenset({"version"}),
        values={"version": frozenset({"1.4"})},
    ),
    "header": Element(
        (part("note prop ude"),),
        required=frozenset(
            "creationtool creationtoolversion segtype o-tmf adminlang srclang datatype".split()
        ),
        optional=frozenset("o-encoding creationdate creationid changedate changeid".split()),
        values={"segtype": _SEGMENT_TYPES},
    ),
    "body": Element((part("tu"),)),
    "note": Element(text=True, optional=_META),
    "prop": Element(text=True, required=frozenset({"type"}), optional=_META),
    "ude": Element((part("map", "+"),), required=frozenset({"name"}), optional=frozenset({"base"})),
    "map": Element(required=frozenset({"unicode"}), optional=frozenset({"code", "ent", "subst"})),
    "tu": Element(
        (part("note prop"), part("tuv", "+")),
        optional=_DATA | {"tuid", "segtype", "srclang"},
        values={"segtype": _SEGMENT_TYPES},
    ),
    "tuv": Element(
        (part("note prop"), part("seg", "1")),
        required=frozenset({"xml:lang"}),
        optional=_DATA | {"lang"},
    ),
    "seg": Element((part(_INLINE),), text=True),
    "bpt": Element(_CODE, text=True, required=frozenset({"i"}), optional=frozenset({"x", "type"})),
    "ept": Element(_CODE, text=True, required=frozenset({"i"})),
    "it": Element(
        _CODE,
        text=True,
        required=frozenset({"pos"}),
        optional=frozenset({"x", "type"}),
        values={"pos": frozenset({"begin", "end"})},
    ),
    "ph": Element(_CODE, text=True, optional=frozenset({"x", "type", "assoc"})),
    "ut": Element(_CODE, text=True, optional=frozenset({"x"})),
    "hi": Element((part(_INLINE),), text=True, optional=frozenset({"x", "type"})),
    "sub": Element((part(_INLINE),), text=True, optional=frozenset({"datatype", "type"})),
}
