from pathlib import Path

import pytest
from review_termbase import write_termbase


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    return write_termbase(tmp_path / "base.sqlite")
