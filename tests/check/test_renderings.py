"""Whether a rendering stands in a translation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.check.renderings import How, translation


@pytest.mark.parametrize(
    ("text", "rendering", "how"),
    [
        ("We build a strong cyber country.", "strong cyber country", How.WHOLE),
        ("Strong Cyber Countries lead.", "strong cyber country", How.WHOLE),
        ("Modernising the system of the state", "modernize the system", How.WHOLE),
        ("the modernization of agriculture", "modernize agriculture", How.REORDERED),
        ("Strong modernizing effects", "strong modernization effect", How.DERIVED),
        ("the rejuvenation of the whole nation", "national rejuvenation", How.REORDERED),
        ("This initiative was welcomed.", "Belt and Road Initiative", How.PART),
        ("It was welcomed.", "Belt and Road Initiative", None),
        ("Since the 16th National Congress", "16th CPC National Congress", How.REORDERED),
        ("No member may do so.", "Party member", How.REORDERED),
        ("the implementation of policies", "implement policies", How.REORDERED),
        ("the state of cybersecurity", "cyber security", How.DERIVED),
        ("private sector analysts", "privatesector analyst", How.DERIVED),
        ("under the LTGP", "Long-Term Growth Portfolio", How.DERIVED),
        ("licences of SVFs", "stored value facilities", How.DERIVED),
        ("the law", "Long-Acting Weapon", None),
        ("traditional automatic teller machines", "ATM", How.DERIVED),
        ("rejuvenation " + "x " * 30 + "nation", "national rejuvenation", How.PART),
    ],
)
def test_english(text: str, rendering: str, how: How | None) -> None:
    found = translation(text, chinese=False).find(rendering)
    assert (found.how if found else None) == how


@pytest.mark.parametrize(
    ("text", "rendering", "surface"),
    [
        ("要建设网络强国。", "网络强国", "网络强国"),
        ("要建設網絡強國。", "网络强国", "網絡強國"),
        ("解决“三农”问题", "三农问题", "三农”问题"),
        ("解决农村问题", "三农问题", None),
    ],
)
def test_chinese(text: str, rendering: str, surface: str | None) -> None:
    found = translation(text, chinese=True).find(rendering)
    assert (text[found.start : found.end] if found else None) == surface


@given(st.text(max_size=40), st.text(max_size=12), st.booleans())
def test_spans_lie_in_the_text(text: str, rendering: str, chinese: bool) -> None:
    found = translation(text, chinese=chinese).find(rendering)
    assert found is None or 0 <= found.start < found.end <= len(text)
