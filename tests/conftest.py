"""What must be so before anything is imported, and what tests of several folders are given."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# As the command line does: the encoders run threads of their own, and those of the library of
# linear algebra beside them stand in each other's way, most of all where tests run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture
def termbase(tmp_path: Path) -> Path:
    """A termbase whose concepts wait for review."""
    from review_termbase import write_termbase

    return write_termbase(tmp_path / "base.sqlite")
