"""Alignment of three units: proved, in need of every hypothesis, and about the Laplacian of the graph."""

import networkx as nx
import numpy as np
import pytest
import sympy as sp
from checks import checked

from ecolib.paper.evolution.alignment import connectivity
from ecolib.paper.evolution.alignment_theorems import ALIGNMENT


@pytest.mark.parametrize("name", ALIGNMENT)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(ALIGNMENT[name])
    assert check.passed, check.faults


def test_the_forms_are_those_of_the_laplacian_and_the_bound_is_the_connectivity() -> None:
    chain, closed = (nx.laplacian_matrix(graph).toarray() for graph in (nx.path_graph(3), nx.cycle_graph(3)))
    p = sp.Matrix(sp.symbols("p_1:4", real=True))
    ones = dict.fromkeys(sp.symbols("k_12 k_23 k_13", real=True), 1)
    claim = ALIGNMENT["link_helps_now"].claim
    faster = (claim.lhs - claim.rhs).subs(ones)
    assert sp.expand(faster - (p.T * sp.Matrix(closed - chain) * p)[0]) == 0
    assert abs(connectivity(nx.path_graph(3)) - 1) < 1e-12
    assert np.linalg.eigvalsh(chain)[1] == pytest.approx(1)
