"""numbalsoda: the field compiled by numba, one path after the other, by its LSODA inside one compiled loop."""

import numba
import numpy as np
from numbalsoda import lsoda, lsoda_sig
from serve import flat, serve


@numba.cfunc(lsoda_sig)
def field(_, x, dx, p):
    a, b, c = x[0] / p[3], x[1] / p[4], x[2] / p[5]
    dx[0] = p[0] * x[0] * (1 - a + p[6] * b + p[7] * c)
    dx[1] = p[1] * x[1] * (1 - b + p[8] * a + p[9] * c)
    dx[2] = p[2] * x[2] * (1 - c + p[10] * a + p[11] * b)


def prepare(task):
    pointer, times = field.address, np.array([0.0, *task["times"]])
    rtol, atol = float(task["rtol"]), float(task["atol"])

    @numba.njit
    def paths(parameters, starts):
        found = np.empty((len(starts), len(times) - 1, 3))
        for k in range(len(starts)):
            states, _ = lsoda(pointer, starts[k], times, parameters[k], rtol=rtol, atol=atol)
            found[k] = states[1:]
        return found

    parameters = flat(task)
    return lambda: paths(parameters, task["x0"])


if __name__ == "__main__":
    serve(prepare)
