"""Readings and traditional forms of the register, where dictionaries of phrases go astray."""

from __future__ import annotations

import pytest

from glossary.language.pinyin import numbered
from glossary.language.script import to_simplified, to_traditional


@pytest.mark.parametrize(
    ("term", "reading"),
    [
        ("塞罕坝", "sai4-han3-ba4"),
        ("长三角", "chang2-san1-jiao3"),
        ("长臂管辖", "chang2-bi4-guan3-xia2"),
        ("电子商务", "dian4-zi3-shang1-wu4"),
        ("孔子学院", "kong3-zi3-xue2-yuan4"),
        ("内蒙古", "nei4-meng3-gu3"),
        ("治藏方略", "zhi4-zang4-fang1-lve4"),
        ("退耕还林还草", "tui4-geng1-huan2-lin2-huan2-cao3"),
        ("以经济建设为中心", "yi3-jing1-ji4-jian4-she4-wei2-zhong1-xin1"),
        ("全心全意为人民服务", "quan2-xin1-quan2-yi4-wei4-ren2-min2-fu2-wu4"),
        ("以史为鉴", "yi3-shi3-wei2-jian4"),
        ("以县城为重要载体", "yi3-xian4-cheng2-wei2-zhong4-yao4-zai4-ti3"),
        ("宜居之都", "yi2-ju1-zhi1-du1"),
        ("两重建设", "liang3-zhong4-jian4-she4"),
        ("尊重创造", "zun1-zhong4-chuang4-zao4"),
        ("核不扩散", "he2-bu4-kuo4-san4"),
        ("一流", "yi1-liu2"),
        ("不是", "bu4-shi4"),
    ],
)
def test_a_polyphone_is_read_as_its_phrase_asks(term: str, reading: str) -> None:
    assert numbered(term).replace(" ", "-") == reading


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("党和人民需要的好干部", "黨和人民需要的好幹部"),
        ("纪检监察干部", "紀檢監察幹部"),
        ("新时代新征程", "新時代新征程"),
        ("征兵", "徵兵"),
        ("市场准入负面清单", "市場准入負面清單"),
        ("精准扶贫", "精準扶貧"),
        ("单方面免签", "單方面免簽"),
        ("香港回归", "香港回歸"),
        ("行政复议法", "行政復議法"),
        ("重大斗争", "重大鬥爭"),
        ("以台制华", "以臺制華"),
        ("银发经济", "銀髮經濟"),
        ("改革开放以后", "改革開放以後"),
        ("维护发展中国家利益", "維護發展中國家利益"),
        ("更加注重公平", "更加注重公平"),
    ],
)
def test_one_character_for_two_is_parted_by_its_phrase(simplified: str, traditional: str) -> None:
    assert to_traditional(simplified) == traditional
    assert to_simplified(traditional) == simplified
