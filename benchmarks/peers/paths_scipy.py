"""A loop over scipy's solve_ivp, the field in numpy: what people write. Option: the method."""

import sys

import numpy as np
from scipy.integrate import solve_ivp
from serve import serve


def prepare(task):
    def field(_, x, r, K, alpha):
        u = x / K
        return r * x * (1 - u + alpha @ u)

    options = {"method": sys.argv[3], "rtol": float(task["rtol"]), "atol": float(task["atol"])}
    times = np.array([0, *task["times"]])

    def path(r, K, alpha, x0):
        return solve_ivp(field, (0, times[-1]), x0, t_eval=times, args=(r, K, alpha), **options).y.T[1:]

    return lambda: [path(*one) for one in zip(task["r"], task["K"], task["alpha"], task["x0"], strict=True)]


if __name__ == "__main__":
    serve(prepare)
