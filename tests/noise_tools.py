"""What tests of noise share: the one seed, and a step that is interrupted."""

import numpy as np


def rng():
    return np.random.default_rng(2026)


def interrupted(step):
    """A step that stops like Ctrl-C when it is called for the eleventh time."""
    calls = iter(range(100))

    def function(*given):
        if next(calls) == 10:
            raise KeyboardInterrupt
        return step(*given)

    return function
