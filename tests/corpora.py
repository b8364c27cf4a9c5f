"""Where the measurement corpora are, if they are there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_dir() -> Path:
    """Return the folder with the corpora and schemas, or skip the test that asks.

    It is ``$TIFA_SHARED``, else the folder ``shared`` beside the checkout.
    """
    checkout = Path(__file__).resolve().parent.parent
    path = Path(os.environ.get("TIFA_SHARED", checkout.parent / "shared"))
    if not path.is_dir():
        pytest.skip("the measurement corpora are not beside the checkout (set TIFA_SHARED)")
    return path
