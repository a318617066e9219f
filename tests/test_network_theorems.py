"""The propositions of networks: proved, about something, and in need of every hypothesis."""

import numpy as np
import pytest
from checks import checked

from ecolib.communities.theorems import NETWORKS
from ecolib.networks import Network, coexistence


@pytest.mark.parametrize("name", NETWORKS)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name):
    check = checked(NETWORKS[name])
    assert check.passed, check.faults


def test_equal_units_run_away_where_the_proposition_says():
    """(n - 1) a = 1 at five units with a = 1/4: four live together at 1/(1 - 3/4), five do not."""
    for units, feasible in ((4, True), (5, False), (6, False)):
        found = coexistence(Network(r=1, K=1, alpha=0.25 * (1 - np.eye(units))))
        assert found.feasible is feasible
    assert coexistence(Network(r=1, K=1, alpha=0.25 * (1 - np.eye(4)))).saturation.tolist() == pytest.approx([4] * 4)
