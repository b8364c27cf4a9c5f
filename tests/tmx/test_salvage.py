"""What can be saved of damaged files is saved, and what cannot is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glossary.errors import BadInputError
from tmx import tbx3, tmx14
from tmx.salvage import SalvageLog

HEAD = '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="zh-CN" o-tmf="x"/><body>\n'
TAIL = "</body></tmx>"


def unit(number: int, text: str = "甲") -> str:
    return f'<tu tuid="{number}"><tuv xml:lang="zh-CN"><seg>{text}</seg></tuv></tu>\n'


def saved(path: Path, data: str | bytes) -> tuple[list[str], SalvageLog]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    log = SalvageLog()
    return [u.tuid for u in tmx14.load(path, salvage=log).units], log


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "m.tmx"


def test_a_sound_file_is_read_as_without_salvage(path: Path) -> None:
    ids, log = saved(path, HEAD + unit(1) + unit(2) + TAIL)
    assert tmx14.load(path) == tmx14.load(path, salvage=log)
    assert (ids, log.lost, log.mended) == (["1", "2"], [], [])


@pytest.mark.parametrize(
    ("broken", "lost"),
    [
        ('<tu tuid="2"><tuv xml:lang="zh-CN"><seg>甲</tuv></tu>\n', [4]),
        ('<tu tuid="2"><tuv xml:lang="zh-CN"><seg>甲</seg></tuv>\n', [4]),
        ('<tu tuid="2"<tuv>\n', [4]),
    ],
)
def test_a_broken_unit_costs_only_itself(path: Path, broken: str, lost: list[int]) -> None:
    ids, log = saved(path, HEAD + unit(1) + broken + unit(3) + TAIL)
    assert (ids, log.lost, log.mended) == (["1", "3"], lost, [])


def test_a_cut_file_keeps_what_came_before(path: Path) -> None:
    text = (HEAD + unit(1) + unit(2))[:-20]
    ids, log = saved(path, text)
    assert (ids, log.lost) == (["1"], [4])


def test_ampersands_entities_and_control_characters_are_mended(path: Path) -> None:
    ids, log = saved(path, HEAD + unit(1, "A & B &nbsp;&foo;\x01&#2;&lt;") + TAIL)
    assert (ids, log.mended) == (["1"], [3])
    (read,) = tmx14.load(path, salvage=SalvageLog()).units
    assert read.variants[0].text == "A & B \xa0&foo;<"


def test_bytes_that_are_not_utf8_are_replaced(path: Path) -> None:
    ids, _ = saved(
        path, HEAD.encode() + b"".join(unit(n).encode() for n in (1, 2)) + b"\xff</body>"
    )
    assert ids == ["1", "2"]
    ids, _ = saved(path, (HEAD + unit(1)).encode() + unit(2).encode("gbk") + TAIL.encode())
    assert ids == ["1", "2"]


def test_units_across_reading_pieces(path: Path) -> None:
    text = HEAD + "".join(unit(n) for n in range(5000)) + "<tu><oops>" + TAIL
    ids, log = saved(path, text)
    assert len(ids) == 5000
    assert log.lost == [5003]


def test_header_is_kept(path: Path) -> None:
    saved(path, HEAD + unit(1) + "<oops>")
    memory = tmx14.load(path, salvage=SalvageLog())
    assert (memory.source_language, memory.attributes) == ("zh-CN", (("o-tmf", "x"),))


def test_entries_of_tbx(tmp_path: Path) -> None:
    def entry(name: str) -> str:
        section = '<langSet xml:lang="en"><tig><term>a</term></tig></langSet>'
        return f'<termEntry id="{name}">{section}</termEntry>'

    path = tmp_path / "g.tbx"
    broken = '<termEntry id="b"><langSet></termEntry>'
    path.write_text(f"<martif><text><body>{entry('a')}{broken}{entry('c')}", "utf-8")
    log = SalvageLog()
    assert [c.id for c in tbx3.load(path, salvage=log).concepts] == ["a", "c"]
    assert log.lost == [1]


@pytest.mark.parametrize("data", ["", "no xml at all", "<TAGTABLE/>"])
def test_what_is_no_memory_is_one_line(path: Path, data: str) -> None:
    with pytest.raises(BadInputError):
        saved(path, data)


@given(st.data())
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_damage_leaves_the_units_it_does_not_touch(tmp_path: Path, data: st.DataObject) -> None:
    """Bytes are changed within one unit: all the others are saved."""
    units = [unit(n, f"text {n}") for n in range(6)]
    victim = data.draw(st.integers(0, 5))
    body = bytearray(units[victim].encode())
    start = data.draw(st.integers(0, len(body) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=8).filter(lambda b: b"<" not in b))
    body[start : start + len(junk)] = junk
    pieces = [u.encode() for u in units]
    pieces[victim] = bytes(body)
    ids, _ = saved(tmp_path / "m.tmx", HEAD.encode() + b"".join(pieces) + TAIL.encode())
    expected = {str(n) for n in range(6)} - {str(victim)}
    assert expected <= set(ids)
