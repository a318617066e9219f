"""The propositions of section 2.2: proved, about something, in need of every hypothesis; and what is false."""

import pytest
import sympy as sp
from checks import checked

from ecolib.paper.construction.institutions import letters
from ecolib.paper.construction.institutions.jcurve_theorems import RETURN_PAYS
from ecolib.paper.construction.institutions.network_theorems import SCALE_RAISES_DENSITY, STANDARDS_ALWAYS_MEET
from ecolib.paper.construction.institutions.theorems import INSTITUTIONS

SLOW = "different_standards_need_slow_copying"
TEMPTING = (STANDARDS_ALWAYS_MEET, SCALE_RAISES_DENSITY, RETURN_PAYS)


@pytest.mark.parametrize("name", INSTITUTIONS)
def test_every_theorem_is_proved_with_witness_and_counterexamples(name: str) -> None:
    check = checked(INSTITUTIONS[name])
    assert check.passed, check.faults


@pytest.mark.parametrize("tempting", TEMPTING, ids=lambda one: one.name)
def test_what_one_would_like_to_be_true_is_refuted(tempting) -> None:
    proof = tempting.prove()
    assert proof.outcome == "refuted"
    assert not tempting.claim.subs(proof.counterexample)


def test_standards_apart_are_the_standards() -> None:
    s, d = sp.symbols("s d", real=True)
    p, q = letters.STANDARDS.x
    back = {s: p + q - 1, d: p - q}
    together, apart = (one.lhs.subs(back, simultaneous=True) for one in INSTITUTIONS[SLOW].where)
    assert sp.expand(together - 2 * sum(letters.STANDARDS.field)) == 0
    assert sp.expand(apart - 2 * (letters.STANDARDS.field[0] - letters.STANDARDS.field[1])) == 0


def test_at_the_limit_itself_small_pushes_of_different_standards_grow() -> None:
    s, d, theta = sp.symbols("s d theta", positive=True)
    p, q = letters.STANDARDS.x
    given = {p: (1 + s + d) / 2, q: (1 + s - d) / 2, letters.theta: theta, letters.v: letters.lock_in_limit}
    moved = [rate.subs(given, simultaneous=True).subs(letters.theta, theta) for rate in letters.STANDARDS.field]
    valley = sp.sqrt(sp.Rational(1, 3) - 3 * s**2)  # on it d rests up to higher order
    assert sp.simplify((sum(moved)).subs(d, valley) / (theta * s**3)) == 4


def test_the_closed_share_solves_its_equation() -> None:
    x, z_0, width, turned, t = letters.RELATIONS.x[0], letters.z_0, letters.width, letters.turned, letters.t
    half = letters.half
    share = letters.linked_share.subs({letters.grown: 1 + half * turned, letters.kept: 1 - half * turned})
    rate = sp.diff(share, turned) * (1 - width**2 * turned**2) / 2
    assert sp.simplify(rate - letters.RELATIONS.field[0].subs(x, share)) == 0
    assert share.subs(turned, 0) == z_0
    assert sp.simplify(sp.diff(sp.tanh(width * t / 2) / width, t) - (1 - sp.tanh(width * t / 2) ** 2) / 2) == 0


def test_what_a_network_could_carry_is_what_its_letters_say() -> None:
    m, sigma, delta, t, ramp = letters.m, letters.sigma, letters.delta, letters.t, letters.ramp
    for (carried, whole), leaving in ((letters.sudden, m), (letters.during, m * t / ramp), (letters.after, m)):
        knowledge = (carried - 1 + leaving) / sigma
        assert sp.simplify(sp.diff(knowledge, t) - delta * (leaving - knowledge)) == 0
        assert sp.simplify(sp.diff(whole, t) - carried) == 0
    for early, late in zip(letters.during, letters.after, strict=True):
        assert sp.simplify((early - late).subs(t, ramp)) == 0
