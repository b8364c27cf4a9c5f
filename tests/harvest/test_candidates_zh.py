from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.harvest.candidates_zh import chinese_candidates, normal_form
from glossary.model import ConceptKind


@pytest.mark.parametrize(
    ("sentence", "key", "kind"),
    [
        ("坚决做到“两个维护”。", "两个维护", ConceptKind.TERM),
        ("统筹推进“五位一体”总体布局。", "五位一体总体布局", ConceptKind.TERM),
        ("全面贯彻《个人信息保护法》。", "个人信息保护法", ConceptKind.NAME),
        ("深刻领悟两个确立的决定性意义。", "两个确立", ConceptKind.TERM),
        ("加快建设网络强国。", "网络强国", ConceptKind.TERM),
        ("加快建设网络强国。", "建设网络强国", ConceptKind.PHRASE),
        ("党的二十大以来成就显著。", "党的二十大", ConceptKind.NAME),
        ("坚持以人民为中心的发展思想。", "以人民为中心的发展思想", ConceptKind.TERM),
        ("党内外群众都要敢于斗争、善于斗争。", "党内外群众", ConceptKind.TERM),
        ("要不断提升获得感、幸福感、安全感。", "幸福感", ConceptKind.TERM),
        ("要加強黨的建設。", "党的建设", ConceptKind.TERM),
        ("亦延長至2018年於倫敦交易時段結束後。", "伦敦交易时段", ConceptKind.TERM),
        ("中央网络安全委员会召开会议。", "中央网络安全委员会", ConceptKind.NAME),
        ("要加入WTO。", "WTO", ConceptKind.TERM),
        ("下调贷款市场报价利率（LPR）。", "LPR", ConceptKind.TERM),
        ("加快5G建设。", "5G", ConceptKind.TERM),
        ("推动政产学研用深度融合。", "政产学研用", ConceptKind.TERM),
        ("新型农村合作医疗（新农合）减轻负担。", "新农合", ConceptKind.TERM),
        ("唱响主旋律、弘扬正能量。", "弘扬正能量", ConceptKind.PHRASE),
        ("不得搞大拆大建。", "大拆大建", ConceptKind.PHRASE),
        ("一些地方重地上、轻地下，留下隐患。", "重地上、轻地下", ConceptKind.PHRASE),
        ("让数据多跑路、群众少跑腿。", "数据多跑路、群众少跑腿", ConceptKind.PHRASE),
        ("省自然资源厅抓紧办理。", "自然资源厅", ConceptKind.NAME),
        ("召开全省城市工作会议。", "城市工作会议", ConceptKind.NAME),
        (
            "做到前瞻性思考、全局性谋划、整体性推进。",
            "前瞻性思考、全局性谋划、整体性推进",
            ConceptKind.PHRASE,
        ),
    ],
)
def test_finds(sentence: str, key: str, kind: ConceptKind) -> None:
    found = {candidate.key: candidate for candidate in chinese_candidates([sentence])}
    assert key in found, sorted(found)
    assert found[key].kind is kind


@pytest.mark.parametrize(
    ("sentence", "fragment"),
    [
        ("坚持走中国道路。", "坚持走中国道路"),
        ("我们的人民是伟大的。", "我们的人民"),
        ("今天的问题十分重要。", "问题"),
        ("有三个方面的原因。", "三个方面"),
        ("打开app就行。", "app"),
        ("省自然资源厅抓紧办理。", "省自然资源厅抓紧"),
        ("要建设产业产业园。", "业产业园"),
        ("要关心群众，办好学校。", "关心群众，办好学校"),
    ],
)
def test_leaves_fragments(sentence: str, fragment: str) -> None:
    assert fragment not in {candidate.key for candidate in chinese_candidates([sentence])}


def test_a_subject_with_its_verb_is_no_unit() -> None:
    found = {c.key: c for c in chinese_candidates(["要求父母付给抚养费。"])}
    assert "抚养费" in found
    assert "父母付给抚养费" not in found or found["父母付给抚养费"].pattern == "run"


def test_counts_places_with_and_without_marks_as_one_term() -> None:
    texts = ["“四个意识”很重要。", "增强四个意识。"]
    (found,) = [c for c in chinese_candidates(texts) if c.key == "四个意识"]
    assert [texts[p.text][p.start : p.end] for p in found.places] == ["四个意识", "四个意识"]


def test_common_words_have_little_termhood() -> None:
    found = {c.key: c for c in chinese_candidates(["国家坚持改革开放和网络强国战略。"])}
    assert found["国家"].termhood < found["改革开放"].termhood
    assert found["国家"].termhood < found["网络强国战略"].termhood


@given(
    st.lists(
        st.text(alphabet="建设网络强国的和、，。“”《》一二三个党ABC 1", max_size=30), max_size=4
    )
)
def test_places_hold_their_candidates(texts: list[str]) -> None:
    for candidate in chinese_candidates(texts):
        for place in candidate.places:
            surface = texts[place.text][place.start : place.end]
            assert normal_form(surface) == candidate.key
        assert 0 <= candidate.unithood <= 1
        assert 0 <= candidate.termhood <= 1
