"""heyoka driven by hand: its batch mode, as many paths at a time as the processor computes with one instruction.

Options: how many threads share the paths, each with an integrator of its own; the tolerance as a part of that asked.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy

import heyoka as hy
import numpy as np
from serve import flat, rates, serve


def prepare(task):
    batch, threads = hy.recommended_simd_size(), int(sys.argv[3])
    tolerance = float(task["rtol"]) * float(sys.argv[4])
    x = hy.make_vars("x", "y", "z")
    field = list(zip(x, rates(x, [hy.par[k] for k in range(12)]), strict=True))
    blank = np.ones((3, batch))
    first = hy.taylor_adaptive_batch(field, state=blank, pars=np.ones((12, batch)), tol=tolerance)
    integrators = [first, *(deepcopy(first) for _ in range(threads - 1))]
    parameters, starts, times = flat(task), task["x0"], task["times"]
    states = np.empty((len(starts), len(times), 3))

    def share(k):
        one = integrators[k]
        for begin in range(k * batch, len(starts), threads * batch):
            rows = np.arange(begin, begin + batch) % len(starts)  # the last batch is filled up from the first paths
            one.set_time(0.0)
            one.state[:], one.pars[:] = starts[rows].T, parameters[rows].T
            for m, t in enumerate(times):
                one.propagate_until(float(t))
                states[rows, m] = one.state.T

    def solve():
        if threads == 1:
            share(0)
        else:
            with ThreadPoolExecutor(threads) as pool:
                list(pool.map(share, range(threads)))
        return states

    return solve


if __name__ == "__main__":
    serve(prepare)
