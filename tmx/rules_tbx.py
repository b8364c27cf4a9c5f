"""The structure of TBX, for :mod:`tmx.grammar`.

Version 3: TBXcoreStructV03 (2023) of LTAC Global. Version 2: the core structure of ISO 30042:2008,
which TBX-Basic restricts.
"""

from __future__ import annotations

from tmx.grammar import Element, part

__all__ = ["MARTIF_RULES", "TBX_RULES"]

_ID = frozenset({"id"})
_ID_LANG = frozenset({"id", "xml:lang"})
_DATA = frozenset({"id", "xml:lang", "target", "datatype"})
_TYPE = frozenset({"type"})
_AUX = "admin adminGrp descrip descripGrp note ref transacGrp xref"
_LINK = "admin adminGrp note ref transacGrp xref"


def _category(inline: str) -> Element:
    return Element((part(inline),) if inline else (), text=True, required=_TYPE, optional=_DATA)


def _shared(inline: str) -> dict[str, Element]:
    """Return what both versions have."""
    text = Element((part(inline),), text=True, optional=_ID_LANG)
    return {
        "titleStmt": Element((part("title", "1"), part("note")), optional=_ID_LANG),
        "title": Element(text=True, optional=_ID_LANG),
        "publicationStmt": Element((part("p", "+"),), optional=_ID),
        "sourceDesc": Element((part("p", "+"),), optional=_ID_LANG),
        "encodingDesc": Element((part("p", "+"),), optional=_ID),
        "revisionDesc": Element((part("change", "+"),), optional=_ID_LANG),
        "change": Element((part("p", "+"),), optional=_ID_LANG),
        "p": Element((part(inline),), text=True, optional=_ID_LANG | _TYPE),
        "note": text,
        "foreign": text,
        "hi": Element(text=True, optional=frozenset({"target", "type", "xml:lang"})),
        "admin": _category(inline),
        "descrip": _category(inline),
        "termNote": _category(inline),
        "adminNote": _category(""),
        "descripNote": _category(""),
        "transac": _category(""),
        "transacNote": _category(""),
        "ref": _category(""),
        "xref": Element(text=True, required=frozenset({"target", "type"}), optional=_ID),
        "date": Element(text=True, optional=_ID),
        "adminGrp": Element((part("admin", "1"), part("adminNote note ref xref")), optional=_ID),
        "descripGrp": Element(
            (part("descrip", "1"), part("admin adminGrp descripNote note ref transacGrp xref")),
            optional=_ID,
        ),
        "termNoteGrp": Element((part("termNote", "1"), part(_LINK)), optional=_ID),
        "transacGrp": Element(
            (part("transac", "1"), part("date note ref transacNote xref")), optional=_ID
        ),
        "refObject": Element((part("itemSet itemGrp item", "+"),), optional=_ID),
        "itemSet": Element((part("itemGrp item", "+"),), optional=_ID | _TYPE),
        "itemGrp": Element((part("item", "1"), part(_LINK)), optional=_ID),
        "item": Element((part(inline),), text=True, optional=_ID | _TYPE),
        "term": Element((part("hi"),), text=True, optional=_ID),
    }


TBX_RULES = _shared("ec foreign hi ph sc") | {
    "tbx": Element(
        (part("tbxHeader", "1"), part("text", "1")),
        required=frozenset({"xml:lang", "type", "style"}),
        values={"style": frozenset({"dca", "dct"})},
    ),
    "tbxHeader": Element(
        (part("fileDesc", "1"), part("encodingDesc", "?"), part("revisionDesc", "?")), optional=_ID
    ),
    "fileDesc": Element(
        (part("publicationStmt", "?"), part("titleStmt", "?"), part("sourceDesc", "1")),
        optional=_ID,
    ),
    "text": Element((part("body", "?"), part("back", "?")), optional=_ID),
    "body": Element((part("conceptEntry", "+"),), optional=_ID),
    "back": Element((part("refObjectSec"),), optional=_ID),
    "refObjectSec": Element((part("refObject", "+"),), required=_TYPE, optional=_ID),
    "conceptEntry": Element((part(_AUX), part("langSec", "+")), required=_ID),
    "langSec": Element((part(_AUX), part("termSec", "+")), required=frozenset({"xml:lang"})),
    "termSec": Element((part("term", "1"), part("termNote termNoteGrp"), part(_AUX)), optional=_ID),
    "ec": Element(
        optional=frozenset("startRef isolated disp equiv id type subtype target".split())
    ),
    "sc": Element(required=_ID, optional=frozenset({"isolated"})),
    "ph": Element(optional=_TYPE),
}

MARTIF_RULES = _shared("hi foreign bpt ept it ph ut") | {
    "martif": Element(
        (part("martifHeader", "1"), part("text", "1")), required=frozenset({"xml:lang", "type"})
    ),
    "martifHeader": Element(
        (part("fileDesc", "1"), part("encodingDesc", "?"), part("revisionDesc", "?")), optional=_ID
    ),
    "fileDesc": Element(
        (part("titleStmt", "?"), part("publicationStmt", "?"), part("sourceDesc", "+")),
        optional=_ID,
    ),
    "text": Element((part("body", "1"), part("back", "?")), optional=_ID),
    "body": Element((part("termEntry", "+"),), optional=_ID),
    "back": Element((part("refObjectList"),), optional=_ID),
    "refObjectList": Element((part("refObject", "+"),), required=_TYPE, optional=_ID),
    "termEntry": Element((part(_AUX), part("langSet", "+")), optional=_ID),
    "langSet": Element((part(_AUX), part("tig ntig", "+")), required=frozenset({"xml:lang"})),
    "tig": Element((part("term", "1"), part("termNote"), part(_AUX)), optional=_ID),
    "ntig": Element((part("termGrp", "1"), part(_AUX)), optional=_ID),
    "termGrp": Element(
        (part("term", "1"), part("termNote termNoteGrp"), part("termCompList")), optional=_ID
    ),
    "termCompList": Element(
        (part(_AUX), part("termComp termCompGrp", "+")), required=_TYPE, optional=_ID
    ),
    "termCompGrp": Element((part("termComp", "1"), part("termNote termNoteGrp"), part(_LINK))),
    "termComp": Element(text=True, optional=_ID_LANG),
    "bpt": Element(text=True, optional=frozenset({"i", "type"})),
    "ept": Element(text=True, optional=frozenset({"i"})),
    "it": Element(text=True, optional=frozenset({"pos", "type"})),
    "ph": Element(text=True, optional=_TYPE),
    "ut": Element(text=True),
}
