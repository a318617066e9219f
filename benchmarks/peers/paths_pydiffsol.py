"""diffsol through pydiffsol: its explicit method tsit45, compiled from DiffSL, one path after the other."""

import numpy as np
import pydiffsol as ds
from serve import flat, rates, serve


class Text(str):
    """Writes down what is computed with it."""

    def _join(self, sign, other):
        return Text(f"({self} {sign} {other})")

    def _joined(self, sign, other):
        return Text(f"({other} {sign} {self})")

    def __add__(self, other):
        return self._join("+", other)

    def __radd__(self, other):
        return self._joined("+", other)

    def __rsub__(self, other):
        return self._joined("-", other)

    def __mul__(self, other):
        return self._join("*", other)

    def __truediv__(self, other):
        return self._join("/", other)


def prepare(task):
    names = [f"p{k}" for k in range(12)]
    given = [*names, "a", "b", "c"]
    field = ",\n".join(rates([Text(x) for x in "xyz"], [Text(name) for name in names]))
    inputs = ", ".join(f"{name} = 1.0" for name in given)
    code = f"in_i {{ {inputs} }}\nu_i {{ x = a, y = b, z = c }}\nF_i {{ {field} }}"
    ode = ds.Ode(code, matrix_type=ds.nalgebra_dense, ode_solver=ds.tsit45)
    ode.rtol, ode.atol = float(task["rtol"]), float(task["atol"])
    parameters = np.concatenate([flat(task), task["x0"]], axis=1)
    return lambda: [ode.solve_dense(one, task["times"]).ys.T for one in parameters]


if __name__ == "__main__":
    serve(prepare)
