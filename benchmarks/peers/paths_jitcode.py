"""JiTCODE: the field compiled to C, one path after the other, by its own DOP853."""

import symengine
from jitcode import jitcode, y
from serve import flat, rates, serve


def prepare(task):
    letters = symengine.symbols("p0:12")
    system = jitcode(rates([y(i) for i in range(3)], letters), control_pars=list(letters), verbose=False)
    system.compile_C()
    system.set_integrator("dop853", rtol=float(task["rtol"]), atol=float(task["atol"]), nsteps=10**6)

    def path(parameters, x0):
        system.set_parameters(*parameters)
        system.set_initial_value(x0, 0.0)
        return [system.integrate(t) for t in task["times"]]

    return lambda: [path(*one) for one in zip(flat(task), task["x0"], strict=True)]


if __name__ == "__main__":
    serve(prepare)
