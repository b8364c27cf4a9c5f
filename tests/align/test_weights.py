"""Two models as one."""

import numpy as np
import pytest

from glossary.align.blocks import LONGEST
from glossary.align.features import FEATURES
from glossary.align.weights import feature_names, load_weights


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_mean_of_two_models_scores_between_them(share: float) -> None:
    rng = np.random.default_rng(3)
    beads, cuts = feature_names("best")
    features = rng.normal(size=(len(beads), LONGEST, 2, LONGEST, 3)).astype(np.float32)
    places = rng.normal(size=(len(cuts), 2, 3)).astype(np.float32)
    gaps = rng.normal(size=(5, 4)), rng.normal(size=(7, 4))
    best, fast = load_weights("best"), load_weights("fast")

    both = best.averaged(fast, share)

    of_best = best.bead_scores(features, places)
    of_fast = fast.bead_scores(features[: len(FEATURES)], places)
    expected = share * of_best + (1 - share) * of_fast
    np.testing.assert_allclose(both.bead_scores(features, places), expected, atol=1e-4)
    one, other, mean = (model.gap_scores(*gaps) for model in (best, fast, both))
    np.testing.assert_allclose(mean.source, share * one.source + (1 - share) * other.source)
    np.testing.assert_allclose(mean.target, share * one.target + (1 - share) * other.target)
    assert mean.open_source == pytest.approx(
        share * one.open_source + (1 - share) * other.open_source
    )
    assert mean.open_target == pytest.approx(
        share * one.open_target + (1 - share) * other.open_target
    )
