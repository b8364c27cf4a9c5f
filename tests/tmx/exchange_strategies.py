"""Hypothesis strategies for memories and glossaries with awkward text."""

from __future__ import annotations

from hypothesis import strategies as st

from glossary.model import Inline, Memory, TranslationUnit, Variant

#: Characters that break exchange files in practice, among ordinary ones.
AWKWARD = st.sampled_from(
    "&<>\"' \t\n\r\u00a0\u2028\u200b\ufeff\U00020000\U0001f600网络强国aé#_x]-"
)
#: Texts that XML can hold.
xml_text = st.text(
    st.one_of(
        AWKWARD, st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
    ),
    max_size=20,
)
#: Texts with characters that XML cannot hold.
any_text = st.text(
    st.one_of(AWKWARD, st.sampled_from("\x00\x08\x0b\x1f\ufffe\ud800"), st.characters()),
    max_size=20,
)
name = st.from_regex(r"x-[a-z]{1,8}", fullmatch=True)
language = st.sampled_from(["zh-CN", "zh-TW", "en-US", "en", "fr-CA"])


def _joined(parts: list[str | Inline]) -> tuple[str | Inline, ...]:
    """Return parts without empty texts and with adjacent texts as one, as a parser gives them."""
    joined: list[str | Inline] = []
    for part in parts:
        if part == "":
            continue
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _elements(sub: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    """Return the elements that may stand in a segment, with the attributes the DTD requires."""
    codes = st.lists(st.one_of(xml_text, sub), max_size=2).map(_joined)
    return st.one_of(
        *(
            st.builds(Inline, st.just(tag), st.just(attributes), codes)
            for tag, attributes in (
                ("bpt", (("i", "1"), ("x", "2"))),
                ("ept", (("i", "1"),)),
                ("it", (("pos", "begin"),)),
                ("ph", ()),
                ("ut", ()),
            )
        )
    )


def _marked(inner: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.builds(
        Inline,
        st.just("hi"),
        st.one_of(st.just(()), xml_text.map(lambda text: (("type", text),))),
        st.lists(st.one_of(xml_text, inner), max_size=3).map(_joined),
    )


_sub = st.builds(Inline, st.just("sub"), st.just(()), xml_text.map(lambda t: (t,) if t else ()))
_inline = st.recursive(_elements(_sub), _marked, max_leaves=3)
content = st.lists(st.one_of(xml_text, _inline), max_size=4).map(_joined)
_pairs = st.lists(st.tuples(name, xml_text), max_size=2).map(tuple)
_notes = st.lists(xml_text, max_size=2).map(tuple)
_dates = st.sampled_from(["20230505T000000Z", "19991231T235959Z"])


def _data(*names: str) -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    return st.fixed_dictionaries(
        {}, optional={n: _dates if n.endswith("date") else xml_text for n in names}
    ).map(lambda attributes: tuple(attributes.items()))


variant = st.builds(
    Variant, language, content, _pairs, _notes, _data("creationdate", "changeid", "usagecount")
)
unit = st.builds(
    TranslationUnit,
    st.lists(variant, min_size=1, max_size=3).map(tuple),
    xml_text,
    _pairs,
    _notes,
    _data("creationdate", "changedate", "creationid"),
)
#: Memories that TMX carries whole; the header's attributes are complete and in the file's order.
memory = st.builds(
    Memory,
    st.lists(unit, max_size=4).map(tuple),
    language,
    _pairs,
    _notes,
    st.just(
        (
            ("segtype", "phrase"),
            ("creationtool", "probe"),
            ("creationtoolversion", "1"),
            ("adminlang", "en"),
            ("datatype", "plaintext"),
            ("o-tmf", "probe"),
        )
    ),
)


def legal(text: str) -> str:
    """Return text without what XML 1.0 forbids, told character by character (production 2)."""
    return "".join(
        c
        for c in text
        if c in "\t\n\r"
        or "\x20" <= c <= "\ud7ff"
        or "\ue000" <= c <= "\ufffd"
        or c >= "\U00010000"
    )
