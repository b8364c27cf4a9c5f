"""Whatever is put into HTML comes out of a parser as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from glossary.publish.markup import Markup, element

# HTML parsers fold line ends; control characters have no meaning in a text.
TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs")))


@given(TEXT, TEXT)
def test_text_and_attributes_survive_a_parser(text: str, value: str) -> None:
    markup = element("p", "x", text, attributes={"title": f"x{value}"})
    parsed = html.fromstring(markup)
    assert isinstance(parsed, html.HtmlElement)
    assert parsed.text_content() == f"x{text}"
    assert parsed.get("title") == f"x{value}"
    assert len(parsed) == 0


def test_markup_is_inserted_as_it_is_and_what_is_added_to_it_is_escaped() -> None:
    assert element("p", [element("b", "&"), "<"]) == "<p><b>&amp;</b>&lt;</p>"
    added = element("b") + "<i>"
    assert isinstance(added, Markup)
    assert added == "<b></b>&lt;i&gt;"


def test_attributes_may_be_missing_or_bare() -> None:
    assert element("input", attributes={"id": None, "checked": ""}) == "<input checked>"
