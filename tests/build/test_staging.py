"""The output folder appears whole or not at all."""

from pathlib import Path

import pytest

from glossary.build.staging import check_output, staged_output
from glossary.errors import OutputError


def test_the_folder_appears_with_its_parents(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with staged_output(out, force=False) as folder:
        (folder / "a").write_text("new")
        assert not out.exists()
    assert (out / "a").read_text() == "new"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(RuntimeError), staged_output(out, force=False) as folder:
        (folder / "a").write_text("half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_existing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="exists already"):
        check_output(tmp_path, force=False)


def test_force_replaces_own_files_and_keeps_the_others(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("old")
    (out / "mine").write_text("kept")
    with staged_output(out, force=True) as folder:
        (folder / "a").write_text("new")
    assert (out / "a").read_text() == "new"
    assert (out / "mine").read_text() == "kept"


def test_an_error_under_force_leaves_the_old_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("old")
    with pytest.raises(RuntimeError), staged_output(out, force=True) as folder:
        (folder / "a").write_text("half")
        raise RuntimeError
    assert (out / "a").read_text() == "old"
    assert list(out.iterdir()) == [out / "a"]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_is_never_overwritten_by_a_folder(tmp_path: Path, force: bool) -> None:
    out = tmp_path / "out"
    out.write_text("a file")
    with pytest.raises(OutputError, match="is a file"):
        check_output(out, force=force)


def test_a_parent_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        check_output(tmp_path / "file" / "out", force=False)
