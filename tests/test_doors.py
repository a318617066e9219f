"""What was let in by mistake, found by the fuzz: each is refused, with a message of our own."""

import numpy as np
import pytest
import sympy as sp

from ecolib import Schedule, Symbiosis, Values, equilibria, simulate, stable
from ecolib.basins import stable_manifold
from ecolib.extensions import Pair, alike, branch, handling, saturating
from ecolib.numeric import compiled
from ecolib.paper.behaviour import replicator
from ecolib.paper.evolution import Closure, Feedback
from ecolib.paper.evolution.feedback.reduced import ReducedCurve
from ecolib.paper.evolution.vocabulary import named
from ecolib.paper.policy import BaseCase, circulation, time_to_balance
from ecolib.system import System

CODE = "__import__('builtins').text_was_run()"
PAIR, MODEL = Pair((1, -1), (1, 1), (0, 1)), Symbiosis.of(units=2)
ALONE = Values(r=(1, 1), K=(1, 1), alpha=np.zeros((2, 2)))
x, p = sp.symbols("x p", real=True)


@pytest.mark.parametrize("text", [CODE, (CODE, CODE), [CODE], {CODE: CODE}, np.array(["p"])])
@pytest.mark.parametrize(
    "call",
    [
        lambda text: System(x=(x,), field=(text,)),
        lambda text: System((x,), (p * x,)).at({p: text}),
        lambda text: alike(text, 1, 1),
        lambda text: branch(PAIR, text),
        lambda text: Pair((1, 1), (text, 1), (1, 1)),
        lambda text: saturating(MODEL, h=text),
        lambda text: replicator(sp.eye(2), trying=text),
        lambda text: compiled(text, p),
        lambda text: named("phi_k", text),
    ],
)
def test_text_is_never_read_as_an_expression(call, text):
    with pytest.raises((TypeError, ValueError), match=r"must|expression"):
        call(text)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: stable("both"), "equilibrium must be a Equilibrium, got str"),
        (lambda: equilibria(Symbiosis.of(units=13)), "4096 supports are the most"),
        (lambda: handling(10**9), "units must be at most 200"),
        (lambda: simulate(3, {}, x0=(1,), t=(0, 1)), "must state its letters and field"),
        (lambda: stable_manifold(MODEL, ALONE, np.array([1.0, 1.0])), "one negative and one positive eigenvalue"),
        (lambda: Schedule((0, 1), (0, 1)).ends([0, 1], 2), "begin must be a real number"),
        (lambda: Closure(s=(1, 2), c=(0.1, 0.2, 0.3), omega=1), "do not broadcast against each other"),
        (lambda: Closure(s=10**400, c=0, omega=1), "s must be at most 1e\\+100 in size"),
        (lambda: circulation(BaseCase(tau=(1.0, 2.0)), (0.1, 0.2, 0.3)), "do not broadcast against each other"),
        (lambda: time_to_balance(BaseCase(), points=10**12), "points must be at most"),
        (lambda: Pair((1, -1), (-1, 1), (1, 1)).fold, "must be positive for a fold"),
        (
            lambda: Feedback(Closure(s=1, c=0, omega=1), 1, 1, compatibility=["exponential"]),
            "compatibility must be one",
        ),
        (lambda: ReducedCurve(Closure(s=1, c=0, omega=1), "reciprocal").to_V(5e-324), "finite heterogeneity"),
    ],
)
def test_what_crashed_or_hung_or_gave_nan_is_refused(call, says):
    with pytest.raises((TypeError, ValueError), match=says):
        call()


def test_a_name_with_a_colon_is_one_letter():
    assert [letter.name for letter in replicator(sp.eye(2), names=("1:9", "2")).x] == ["z_1:9", "z_2"]
