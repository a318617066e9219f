"""The reduced curve of two units, written down once more and by hand, and an independent root finder for it."""

import mpmath as mp

from ecolib.paper.evolution import Closure
from ecolib.paper.evolution.feedback.model import Feedback


def plain(V: mp.mpf, s: float, c: float, omega: float, reciprocal: bool = False) -> mp.mpf:
    """The reduced curve of two units, written down once more and by hand."""
    phi = 1 / (1 + V) if reciprocal else mp.e ** (-V)
    a = s * phi * (2 - phi) / 2 - c * (1 - phi)
    b = omega * s * phi**2 / 2 - c * (1 - phi)
    return (1 + a) * (1 + b) / (1 - a * b) ** 2 * V


def independent_fold(near: float, given: tuple[float, float, float]) -> tuple[float, float]:
    """Where the plain curve has slope zero within a per mille, and its height there."""
    with mp.workdps(25):
        ends = (near * 0.999, near * 1.001)
        V = mp.findroot(lambda x: mp.diff(lambda y: plain(y, *given), x), ends, solver="anderson")
        return float(V), float(plain(V, *given))


def independent_cusp(near: tuple[float, float], c: float, omega: float, reciprocal: bool) -> tuple[float, ...]:
    """Where slope and curvature of the plain curve vanish, and its height there."""

    def flat(V: mp.mpf, s: mp.mpf) -> tuple[mp.mpf, mp.mpf]:
        return tuple(mp.diff(lambda x: plain(x, s, c, omega, reciprocal), V, order) for order in (1, 2))

    with mp.workdps(30):
        V, s = mp.findroot(flat, (near[0] * 1.01, near[1] * 1.003))
        return float(V), float(s), float(plain(V, s, c, omega, reciprocal))


def model(s: float, c: float, omega: float, n: int = 2, **given: object) -> Feedback:
    return Feedback(Closure(s=s, c=c, omega=omega, n=n), **({"eta": 0.1, "learning": 0.1} | given))
