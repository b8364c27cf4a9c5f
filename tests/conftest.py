"""What must be so before anything is imported."""

from __future__ import annotations

import os

# As the command line does: the encoders run threads of their own, and those of the library of
# linear algebra beside them stand in each other's way, most of all where tests run side by side.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
