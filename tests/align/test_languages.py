"""Texts in the wrong language are named, and bylines and lists are no reason to."""

import pytest
from test_align import document

from glossary.align.languages import language_doubts


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("The county finished the road into the mountains, and apples reached the city.", False),
        # Hardly a function word, and English all the same.
        (
            "2020-05-01 09:30:00 Source: County News Network Author: Zhang San Editor: Li Si\n"
            "Photo: Wang Wu (left), CEO of Mountain Honey Products, promoting county specialties\n"
            "Mountain Honey Festival: sweet goods for the city, honey of the hills\n"
            "Zhang San, Li Si, Wang Wu, Zhao Liu, Qian Qi, Sun Ba, Zhou Jiu, Wu Shi",
            False,
        ),
        ("U.S. officials meet U.S. traders; U.S. media: U.S. markets calm, U.S. prices up", False),
        ("Le préfet a prononcé hier un discours devant les habitants de la ville.", True),
        ("Der Landrat hat gestern vor den Bewohnern der Stadt eine Rede gehalten.", True),
        ("El alcalde pronunció ayer un discurso ante los vecinos de la ciudad.", True),
        ("Xian li qunian xiuhao le tongwang shanqu de gonglu, yanxian cunzi de pingguo " * 3, True),
        ("Глава района вчера выступил перед жителями города.", True),
    ],
)
def test_what_claims_to_be_english(text: str, doubted: bool) -> None:
    assert bool(list(language_doubts([document("text", "en", text.split("\n"))]))) == doubted
