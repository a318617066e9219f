"""Numbers and helpers that the tests of paths share."""

import numpy as np

from ecolib import Values, integration

GUEST = Values(r=(0.5, 0.4), K=(100, 80), alpha=((0, 0.3), (-0.2, 0)))
RUNAWAY = Values(r=(1, 1), K=(1, 1), alpha=((0, 2), (2, 0)))


def alone(r=1.0, K=1.0):
    return Values(r=(r,), K=(K,), alpha=((0,),))


def logistic(t, x0, r=1.0, K=1.0):
    return K / (1 + (K / x0 - 1) * np.exp(-r * np.asarray(t)))


def interrupting(monkeypatch, calls):
    """Let the user stop the run after so many evaluations of the growth per head."""
    compile_, count = integration.pointwise, iter(range(calls))

    def pointwise(*arguments):
        growth = compile_(*arguments)

        def counted(x):
            if next(count, None) is None:
                raise KeyboardInterrupt
            return growth(x)

        return counted

    monkeypatch.setattr(integration, "pointwise", pointwise)
