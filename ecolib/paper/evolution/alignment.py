r"""Denser networks and smaller differences: image parameters that diffuse along links.

Partners adjust their rules to each other. On an undirected graph with Laplacian :math:`L` (weights of links are rates
of adjustment) the image parameters :math:`p` of the units obey

.. math:: \dot p = -L p + d, \qquad
          \operatorname{Var}(p(t)) \le \operatorname{Var}(p(0))\, e^{-2 \lambda_2 t} \quad (d = 0)

where the **algebraic connectivity** :math:`\lambda_2` is the second smallest eigenvalue of :math:`L`. A further link
never lowers it, nor any other eigenvalue. What pulls units apart, such as selection for different markets, is the
**drift** :math:`d`; with it differences do not vanish.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ecolib.numeric import Array
from ecolib.values import real_array

__all__ = ["aligned", "alignment_bound", "connectivity", "mean_spread", "resting_spread"]

DENSE = 2000
"""Spectra are computed for graphs with at most so many nodes."""


def connectivity(graph: Any) -> float:
    """The algebraic connectivity of an undirected graph: 0 exactly when it falls apart.

    Args:
        graph: a ``networkx.Graph`` with at least two nodes; edges may carry a ``weight``, a rate per unit of time.

    Raises:
        TypeError: for anything but an undirected graph without parallel edges.
        ValueError: for fewer than 2 or more than 2000 nodes, or a weight that is not positive and finite.

    Example:
        >>> import networkx as nx
        >>> [round(connectivity(graph), 9) for graph in (nx.star_graph(5), nx.complete_graph(6))]
        [1.0, 6.0]
    """
    import networkx as nx

    spectrum = np.linalg.eigvalsh(_full(graph))
    return max(float(spectrum[1]), 0.0) if nx.is_connected(graph) else 0.0


def aligned(graph: Any, p0: npt.ArrayLike, t: npt.ArrayLike, *, drift: npt.ArrayLike = 0.0) -> Array:
    """Image parameters over time, shape ``(times, nodes)``, nodes in the order of ``graph.nodes``.

    Args:
        graph: as for :func:`connectivity`.
        p0: parameters at time 0, shape ``(nodes,)``, dimensionless.
        t: times, shape ``(times,)``, at least 0.
        drift: what pulls each unit, one number or shape ``(nodes,)``, per unit of time.

    Example:
        >>> import networkx as nx
        >>> aligned(nx.path_graph(2), (1, -1), (0.0, 0.5)).round(3).tolist()
        [[1.0, -1.0], [0.368, -0.368]]
    """
    from scipy.sparse import block_array, csr_array
    from scipy.sparse.linalg import expm_multiply

    laplacian = _laplacian(graph)
    start, pull = _of_nodes("p0", p0, laplacian), _of_nodes("drift", drift, laplacian)
    times = _times(t)
    # The drift joins as a last parameter that stays 1.
    whole = block_array([[-laplacian, csr_array(pull[:, None])], [None, csr_array((1, 1))]], format="csr")
    trace = -float(laplacian.diagonal().sum())
    first = np.append(start, 1.0)
    return np.array([expm_multiply(whole * time, first, traceA=trace * time)[:-1] for time in times])


def alignment_bound(graph: Any, p0: npt.ArrayLike, t: npt.ArrayLike) -> Array:
    """The greatest variance that image parameters can have at given times without drift, shape ``(times,)``.

    Example:
        >>> import networkx as nx
        >>> alignment_bound(nx.complete_graph(4), (1, 1, -1, -1), (0.0, 0.25)).round(3).tolist()
        [1.0, 0.135]
    """
    start = _of_nodes("p0", p0, _laplacian(graph))
    return np.asarray(start.var() * np.exp(-2 * connectivity(graph) * _times(t)))


def mean_spread(graph: Any, t: npt.ArrayLike) -> Array:
    """Mean variance over random starts, as a fraction of what it is at time 0, shape ``(times,)``; no drift.

    Starts have independent entries of one mean and one variance. Then every link lowers this mean at every time.

    Raises:
        ValueError: as :func:`connectivity`.

    Example:
        >>> import networkx as nx
        >>> mean_spread(nx.complete_graph(3), (0.0, 0.5)).round(3).tolist()
        [1.0, 0.05]
    """
    rates = np.maximum(np.linalg.eigvalsh(_full(graph))[1:], 0.0)
    return np.asarray(np.exp(-2 * rates * _times(t)[:, None]).mean(axis=1))


def resting_spread(graph: Any, drift: npt.ArrayLike) -> float:
    """The variance at which image parameters settle under a drift; infinite when parts without links are pulled apart.

    A drift that all units share moves all alike and makes no difference. Where parts without links between them are not
    pulled apart, their means stay as they were; here these are taken to agree.

    Example:
        >>> import networkx as nx
        >>> round(resting_spread(nx.path_graph(2), (1, -1)), 6)
        0.25
    """
    import networkx as nx

    laplacian = _full(graph)
    pull = _of_nodes("drift", drift, laplacian)
    pull = pull - pull.mean()
    place = {node: k for k, node in enumerate(graph.nodes)}
    parts = [pull[[place[node] for node in part]] for part in nx.connected_components(graph)]
    if any(abs(part.sum()) > 1e-12 * np.abs(pull).sum() for part in parts):
        return np.inf
    return float(np.linalg.lstsq(laplacian, pull, rcond=None)[0].var())


def _full(graph: Any) -> Array:
    """The Laplacian as a full matrix."""
    laplacian = _laplacian(graph)
    if laplacian.shape[0] > DENSE:
        raise ValueError(f"spectra are computed for at most {DENSE} nodes, got {laplacian.shape[0]}")
    return np.asarray(laplacian.toarray())


def _laplacian(graph: Any) -> Any:
    """The Laplacian of a checked graph, sparse."""
    import networkx as nx

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        raise TypeError(f"graph must be an undirected networkx.Graph, got {type(graph).__name__}")
    if graph.number_of_nodes() < 2:
        raise ValueError(f"graph must have at least two nodes, got {graph.number_of_nodes()}")
    weights = real_array("weight", [weight for _, _, weight in graph.edges(data="weight", default=1.0)] or [1.0])
    if not np.all(np.isfinite(weights) & (weights > 0)):
        raise ValueError(f"weights of links must be positive and finite, got {weights.min()}")
    return nx.laplacian_matrix(graph).astype(np.float64)


def _of_nodes(name: str, given: npt.ArrayLike, laplacian: Any) -> Array:
    values, nodes = real_array(name, given), laplacian.shape[0]
    if values.shape not in (() if name == "drift" else (nodes,), (nodes,)):
        raise ValueError(f"{name} must have shape ({nodes},), got {values.shape}")
    if not np.all(np.isfinite(values)):
        raise ValueError(f"{name} must be finite, got {values.tolist()}")
    return np.broadcast_to(values, (nodes,)).copy()


def _times(t: npt.ArrayLike) -> Array:
    times = real_array("t", t)
    if times.ndim != 1 or not np.all(np.isfinite(times) & (times >= 0)):
        raise ValueError(f"t must hold finite times of at least 0, got {times.tolist()}")
    return times
