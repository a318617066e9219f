r"""Branches of equilibria over parameters, and the bifurcations on them.

Works for everything that states its field and state in sympy (:class:`~ecolib.system.Dynamics`): textbook systems, the
linear model and its extensions, the feedback model of the paper.

- A **branch** (:func:`equilibrium_branch`) is followed by pseudo-arclength steps with exact derivatives. Folds,
  crossings (transcritical, pitchfork) and Hopf points are detected by test functions, located, and told apart by their
  normal forms. :func:`switch` follows the branch that crosses.
- A **diagram** (:func:`bifurcation_diagram`) starts from all equilibria of a polynomial system and follows everything.
- A **curve** (:func:`bifurcation_curve`) follows a fold or a Hopf point over a second parameter and flags cusps and
  Bogdanov-Takens points.

Equilibria only: cycles that leave a Hopf point are not followed. Every branch and curve says where and why it ended.
"""

from ecolib.continuation.bifurcations import KINDS, Bifurcation
from ecolib.continuation.branches import Branch, equilibrium_branch, switch
from ecolib.continuation.curves import Curve, bifurcation_curve
from ecolib.continuation.diagrams import Diagram, bifurcation_diagram
from ecolib.continuation.following import ENDS, Limits

__all__ = [
    "ENDS",
    "KINDS",
    "Bifurcation",
    "Branch",
    "Curve",
    "Diagram",
    "Limits",
    "bifurcation_curve",
    "bifurcation_diagram",
    "equilibrium_branch",
    "switch",
]
