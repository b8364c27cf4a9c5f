"""docs/formats.md and the code say the same."""

from __future__ import annotations

import re

import pytest

import tmx
from tmx import Feature
from tmx.findings import CODES
from tmx.profiles import PROFILES


@pytest.fixture(scope="module")
def tables(request: pytest.FixtureRequest) -> list[list[list[str]]]:
    """Return the tables of the document as rows of cells."""
    text = (request.config.rootpath / "docs" / "formats.md").read_text(encoding="utf-8")
    found = re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE)
    return [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        for table in found
    ]


def test_formats(tables: list[list[list[str]]]) -> None:
    assert tables[0][2:] == [
        [info.title, f"`{info.name}`", ", ".join(f"`{e}`" for e in info.extensions), info.kind]
        for info in tmx.codecs()
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_features(tables: list[list[list[str]]], number: int) -> None:
    head, _, *rows = tables[number]
    infos = [tmx.codec(name.strip("`")).CODEC for name in head[1:]]
    for name, *cells in rows:
        assert cells == ["yes" if Feature(name) in info.carries else "–" for info in infos]
    documented = {Feature(row[0]) for row in rows}
    assert documented >= frozenset().union(*(info.carries for info in infos))


def test_every_format_and_every_feature_is_in_one_table(tables: list[list[list[str]]]) -> None:
    names = [name.strip("`") for table in tables[1:4] for name in table[0][1:]]
    assert sorted(names) == sorted(info.name for info in tmx.codecs())
    features = [row[0] for table in tables[1:3] for row in table[2:]]
    assert sorted(features) == sorted(Feature)


def test_tools(tables: list[list[list[str]]]) -> None:
    assert tables[5][2:] == [
        [
            f"`{name}`",
            item.tool,
            *(f"`{item.languages[tag]}`" for tag in ("zh-Hans", "zh-Hant", "en")),
            ", ".join(f"`{known}`" for known in item.glossaries),
            item.note,
        ]
        for name, item in PROFILES.items()
    ]


def test_codes(tables: list[list[list[str]]]) -> None:
    assert tables[6][2:] == [[code, text] for code, text in CODES.items()]
