"""What is swept: some milliseconds of work."""

from ecolib import Symbiosis, Values
from ecolib.simulation import simulate


def outcome(a, b):
    """The output of a unit at the end of a path."""
    values = Values(r=(1, 1), K=(1, 1), alpha=((0, a), (b, 0)))
    return simulate(Symbiosis.of(units=2), values, x0=(0.1, 0.2), t=(0, 200)).x[0, -1]
