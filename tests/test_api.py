"""The façade for Python: the page that describes it is true, and it costs nothing to import."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

from glossary import open_termbase
from glossary.errors import BadInputError

PAGE = Path(__file__).parent.parent / "docs" / "api.md"


def test_the_examples_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    # A fence ends an example as an empty line does.
    text = PAGE.read_text("utf-8").replace("\n```\n", "\n\n")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 15
    said: list[str] = []
    assert doctest.DocTestRunner().run(examples, out=said.append).failed == 0, "".join(said)


def test_the_package_imports_nothing_heavy() -> None:
    code = "import sys, glossary; print(sorted(m for m in sys.modules if m.startswith('glossary')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['glossary']"


def test_errors_name_the_file_and_the_date(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"none\.sqlite"):
        open_termbase(tmp_path / "none.sqlite")
    with open_termbase() as core, pytest.raises(ValueError, match="is not a date"):
        core.lookup("网络强国", as_of="yesterday")
