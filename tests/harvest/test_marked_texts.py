"""The articles whose terms are marked, and what is read of them."""

import re
from pathlib import Path
from types import ModuleType

import pytest
from script_modules import load_script

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "tests" / "data" / "articles"
NAMES = sorted(path.name for path in ARTICLES.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def marked_texts() -> ModuleType:
    return load_script("marked_texts")


def test_marks_are_taken_out_and_placed(marked_texts: ModuleType) -> None:
    text, marks = marked_texts.unmarked("推进[[网络强国]{c1}建设]{c2}。")
    assert text == "推进网络强国建设。"
    assert [(concept, text[start:end]) for concept, start, end in marks] == [
        ("c1", "网络强国"),
        ("c2", "网络强国建设"),
    ]


@pytest.mark.parametrize("text", ["[网络", "网络]{c1}"])
def test_a_bracket_without_its_counterpart(marked_texts: ModuleType, text: str) -> None:
    with pytest.raises(ValueError, match=r"closed|opened"):
        marked_texts.unmarked(text)


@pytest.mark.parametrize("name", NAMES)
def test_every_mark_of_a_rendition_has_a_chinese_one(marked_texts: ModuleType, name: str) -> None:
    texts = {
        side: marked_texts.unmarked((ARTICLES / name / f"{side}.txt").read_text(encoding="utf-8"))
        for side in ("zh", "official", "machine")
    }
    chinese = {concept for concept, _, _ in texts["zh"][1]}
    for text, marks in texts.values():
        assert {concept for concept, _, _ in marks} <= chinese
        assert "[" not in text
        assert "{" not in text
        for _, start, end in marks:
            edges = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
            assert not any(re.fullmatch("[A-Za-z]{2}", edge) for edge in edges)
            assert text[start:end] == text[start:end].strip()


def test_an_article_is_read_with_its_pairs(marked_texts: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "short"
    folder.mkdir()
    for side, text in (
        ("zh", "[[网络]{a1}强国]{c1}很重要。\n\n我们要建设[数字中国]{c2}。\n"),
        (
            "official",
            "A [strong cyber country]{c1} matters.\n\nWe will build a [Digital China]{c2}.\n",
        ),
        (
            "machine",
            "[[Network]{a1} power]{c1} is important.\n\nWe must build [digital China]{c2}.\n",
        ),
    ):
        (folder / f"{side}.txt").write_text(text, encoding="utf-8")
    article = marked_texts.read_article(folder)
    assert [document.text.count("[") for document in article.bitext.documents] == [0, 0, 0]
    assert article.surfaces(1) == {"c1": {"strong cyber country"}, "c2": {"Digital China"}}
    pairs = marked_texts.article_pairs
    assert pairs(article, 1, core=True).keys() == {"网络强国", "数字中国"}
    assert pairs(article, 2, core=False)["网络"] == {"network"}
