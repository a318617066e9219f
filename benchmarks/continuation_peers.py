"""Continuation of equilibria by other Python libraries, on systems whose answers are known in closed form.

``python benchmarks/continuation_peers.py [--only PEER ...]`` installs each **peer** from wheels alone, as pinned in
``continuation_peers.txt``, into an environment in a temporary folder and has it answer in a process of its own, ended
after a time; ``ecolib`` is this repository. A cell is an error: of a *point*, the greatest difference from the exact
state and parameters; of a *branch* or *curve*, the greatest residual of its exact equations, relative above 1.
"""

import argparse
import contextlib
import functools
import importlib.metadata
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PINS = Path(__file__).with_suffix(".txt")
STEP, LONGEST, STEPS, LIMIT = 0.02, 0.05, 500, 600  # first and longest step, steps of a branch, seconds for a peer
LEAST, MOST = -3.0, 6.0  # range of the parameter followed
Values = dict[str, float]  # of parameters and state, by letter
Answers = dict[str, Callable[[], Any]]  # what a peer offers for a case: points, branches, criticality, curve, cusps


@dataclass(frozen=True, eq=False)
class Case:
    """The kind of point sought, a system, an equilibrium of it, one or two parameters to follow, and the first step."""

    kind: str
    field: tuple[str, ...]
    state: Values
    parameters: Values
    follow: str
    second: str = ""
    first: float = STEP

    def rates(self, values: dict[str, Any]) -> list[Any]:
        return [eval(rate, {}, values) for rate in self.field]

    def values(self, state: Any, *parameters: Any) -> Values:
        found = dict(zip((self.follow, self.second), map(float, parameters), strict=False))
        return self.parameters | found | dict(zip(self.state, map(float, state), strict=False))


HOPF_FIELD = ("p*x - y - x*(x**2 + y**2)", "x + p*y - y*(x**2 + y**2)")
BRUSSELATOR = ("a - (b + 1)*x + x**2*y", "b*x - x**2*y")
BUDWORM_FOLDS = {"r": "2*x**3/(1 + x**2)**2", "q": "2*x**3/(x**2 - 1)"}
FOLD = Case("fold", ("p - x**2",), {"x": 1.0}, {"p": 1.0}, "p", first=-STEP)
TRANSCRITICAL = Case("branch", ("p*x - x**2",), {"x": 0.0}, {"p": -0.97}, "p")
PITCHFORK = Case("branch", ("p*x - x**3",), {"x": 0.0}, {"p": -0.97}, "p")
HOPF = Case("hopf", HOPF_FIELD, {"x": 0.0, "y": 0.0}, {"p": -0.97}, "p")
CUSP = Case("fold", ("a + b*x - x**3",), {"x": -1.5}, {"a": -1.875, "b": 1.0}, "a", "b")
LINE = Case("hopf", BRUSSELATOR, {"x": 1.0, "y": 1.0}, {"a": 1.0, "b": 1.0}, "b", "a")
HARVEST = Case("fold", ("r*x*(1 - x/k) - h",), {"x": 3.0}, {"r": 2.0, "k": 4.0, "h": 1.5}, "h")
OUTBREAK = Case("fold", ("r*x*(1 - x/q) - x**2/(1 + x**2)",), {"x": 0.5}, {"r": 8 / 19, "q": 10.0}, "r", "q")


def point(**exact: float) -> Callable[[list[Values]], float | str]:
    """Error of the located point that is nearest to the exact one."""
    return lambda found: min(max(float(abs(at[name] - exact[name])) for name in exact) for at in found)


def along(equations: dict[str, str], letter: str, middle: float = 0) -> Callable[[list[Values]], float | str]:
    """Error of points by equations for some of their letters; both sides of the middle of a letter must be reached."""

    def error(found: list[Values]) -> float | str:
        pairs = [(at[name], eval(exact, {}, at)) for at in found for name, exact in equations.items()]
        worst = max(float(abs(a - b) / max(1, abs(b))) for a, b in pairs)
        reached = min(at[letter] for at in found) < middle - 0.3 and max(at[letter] for at in found) > middle + 0.3
        return worst if reached else f"incomplete, error {worst:.0e}"

    return error


ITEMS = (  # title, what is asked of a peer, of which case, and the right answer or what measures the error of an answer
    ("fold", "points", FOLD, point(p=0, x=0)),
    ("transcritical", "points", TRANSCRITICAL, point(p=0, x=0)),
    ("transcritical, other branch", "branches", TRANSCRITICAL, along({"x": "p"}, "x")),
    ("transcritical, criticality", "criticality", TRANSCRITICAL, "supercritical transcritical"),
    ("pitchfork", "points", PITCHFORK, point(p=0, x=0)),
    ("pitchfork, other branches", "branches", PITCHFORK, along({"p": "x**2"}, "x")),
    ("pitchfork, criticality", "criticality", PITCHFORK, "supercritical pitchfork"),
    ("Hopf", "points", HOPF, point(p=0, x=0, y=0)),
    ("Hopf, criticality", "criticality", HOPF, "supercritical hopf"),
    ("cusp, fold curve", "curve", CUSP, along({"a": "-2*x**3", "b": "3*x**2"}, "x")),
    ("cusp, point", "cusps", CUSP, point(a=0, b=0, x=0)),
    ("Brusselator, Hopf line", "curve", LINE, along({"b": "1 + a**2"}, "a", 1)),
    ("harvest, fold", "points", HARVEST, point(h=2, x=2)),
    ("budworm, fold curve", "curve", OUTBREAK, along(BUDWORM_FOLDS, "x", 3**0.5)),
    ("budworm, cusp", "cusps", OUTBREAK, point(r=3**1.5 / 8, q=3**1.5, x=3**0.5)),
)


def bice(case: Case) -> Answers:
    """Takes exact Jacobians, finds points by bisection, switches branches by a push along the null vector."""
    import numpy as np
    import sympy
    from bice import Equation, Problem

    jacobian = [[str(sympy.sympify(rate).diff(name)) for name in case.state] for rate in case.field]

    class Field(Equation):
        def values(self, u: Any) -> Values:
            return vars(self) | dict(zip(case.state, u, strict=True))

        def rhs(self, u: Any) -> Any:
            return np.array(case.rates(self.values(u)))

        def jacobian(self, u: Any) -> Any:
            return np.array([[float(eval(entry, {}, self.values(u))) for entry in row] for row in jacobian])

    def located() -> Iterator[Any]:
        problem = Problem()
        problem.add_equation(Field(shape=(len(case.state),)))
        vars(problem.eq).update(case.parameters)
        problem.u = list(case.state.values())
        problem.continuation_parameter = (problem.eq, case.follow)
        problem.continuation_stepper.ds, problem.continuation_stepper.ds_max = case.first, LONGEST
        for _ in range(STEPS):
            problem.continuation_step()
            if problem.bifurcation_diagram.current_solution().is_bifurcation():
                state, parameter = problem.u.copy(), problem.get_continuation_parameter()
                problem.locate_bifurcation(tolerance=1e-7)  # the finest that its bisection reaches
                yield problem
                problem.u = state
                problem.set_continuation_parameter(parameter)

    def switched() -> Iterator[Any]:
        for push in (1e-3, -1e-3):
            problem = next(located())
            problem.switch_branch(amplitude=push, locate=False)
            for _ in range(100):
                problem.continuation_step()
                yield problem

    tasks = {"points": located, "branches": switched}
    return {name: lambda task=task: [at.eq.values(at.u) for at in task()] for name, task in tasks.items()}


def jaxcont(case: Case) -> Answers:
    """Differentiates by itself and solves extended systems for points; finds no branch points."""
    import jax
    import jaxcont as jc

    if case.kind == "branch":
        return {}
    jax.config.update("jax_enable_x64", True)
    fold = case.kind == "fold"

    def field(u: Any, p: Any, _: Any) -> Any:
        found = {case.follow: p[0], case.second: p[1]} if p.ndim else {case.follow: p}
        return jax.numpy.stack(case.rates(case.parameters | found | dict(zip(case.state, u, strict=True))))

    def run(problem: Any, end: float, events: Any, **more: bool) -> Any:
        settings = jc.ContinuationPar(ds=STEP, ds_max=LONGEST, max_steps=STEPS, newton_tol=1e-10, **more)
        return jc.continuation(problem, p_span=(float(problem.p0), end), settings=settings, events=events)

    @functools.cache
    def curves() -> tuple[list[Values], list[Values]]:
        q = case.parameters[case.second]
        start = hits[0].u, jax.numpy.array([hits[0].p, q])
        problem = jc.fold_curve_problem(field, *start) if fold else jc.hopf_curve_problem(field, *start)
        ends, events = (q - 20, q + 20), [jc.Cusp(field)] if fold else []
        ways = [run(problem, end, events, compute_stability=False) for end in ends]
        points = [point for way in ways for point in zip(way.branch.states, way.branch.params, strict=True)]
        cusps = [jc.cusp_point(field, hit.u, hit.info["p"], tol=1e-12) for way in ways for hit in way.events]
        return [case.values(x, x[len(case.state)], q) for x, q in points], [case.values(u, *p) for u, p, *_ in cusps]

    problem = jc.bif_problem(field, list(case.state.values()), case.parameters[case.follow])
    hits = run(problem, MOST if case.first > 0 else LEAST, [jc.Fold() if fold else jc.Hopf()]).events
    refined = jc.fold_point if fold else jc.hopf_point
    return {
        "points": lambda: [case.values(*refined(field, hit.u, hit.p, tol=1e-12)[:2]) for hit in hits],
        "criticality": lambda: f"{hits[0].info['criticality']} {hits[0].kind}",
        "curve": lambda: curves()[0],
        "cusps": lambda: curves()[1],
    }


def xpplab(case: Case) -> Answers:
    """AUTO as XPPAUT has it, compiled into the wheel; reads systems as text, takes differences for derivatives."""
    from xpplab import Model

    lines = [f"{name}'={rate.replace('**', '^')}" for name, rate in zip(case.state, case.field, strict=True)]
    lines += [f"par {name}={value!r}" for name, value in case.parameters.items()]
    lines += [f"init {name}={value!r}" for name, value in case.state.items()]
    auto = Model.from_text("\n".join([*lines, "done", ""]), "peer.ode").auto
    auto.set(nmax=STEPS, dsmin=1e-5, dsmax=LONGEST, parmin=LEAST, parmax=MOST, epsl=1e-9, epsu=1e-9, epss=1e-9)
    diagram = auto.equilibria(case.follow, ds=case.first)
    special = diagram.special({"fold": "LP", "branch": "BP", "hopf": "HB"}[case.kind])

    def values(points: Any) -> list[Values]:
        return [at.parameters | {name.lower(): value for name, value in at.u0.items()} for at in points]

    two = {"action": "two-parameter", "parameter": case.follow, "second": case.second}
    return {
        "points": lambda: values(special),
        "branches": lambda: values(at for at in diagram if at.branch > 1),
        "curve": lambda: values(at for ds in (STEP, -STEP) for at in auto.continue_from(special[0], **two, ds=ds)),
    }


def ecolib(case: Case) -> Answers:
    """The module of this repository, with steps as it chooses them."""
    import sympy

    from ecolib.continuation import bifurcation_curve, equilibrium_branch, switch
    from ecolib.system import System

    letters = {name: sympy.Symbol(name, real=True) for name in (*case.state, *case.parameters)}
    system = System(tuple(letters[name] for name in case.state), tuple(sympy.sympify(r, letters) for r in case.field))
    numbers = {letters[name]: value for name, value in case.parameters.items() if name != case.follow}
    start = {"x0": list(case.state.values()), "start": case.parameters[case.follow]}
    branch = equilibrium_branch(system, numbers, letters[case.follow], **start, within=(LEAST, MOST))
    found = sorted(branch.bifurcations, key=lambda at: abs(at.parameter[0] - start["start"]))

    def curve() -> Any:
        return bifurcation_curve(branch, found[0], letters[case.second], within=(-20, 20))

    def values(line: Any) -> list[Values]:
        return [case.values(x, *p) for x, p in zip(line.x, line.p.reshape(len(line.x), -1), strict=True)]

    return {
        "points": lambda: [case.values(at.x, *at.parameter) for at in found],
        "branches": lambda: values(switch(branch, found[0])),
        "criticality": lambda: f"{found[0].criticality} {found[0].kind}",
        "curve": lambda: values(curve()),
        "cusps": lambda: [case.values(at.x, *at.parameter) for at in curve().bifurcations if at.kind == "cusp"],
    }


PEERS = {"bice": bice, "jaxcont": jaxcont, "xpplab": xpplab, "pycobi": dict, "pydstool": dict, "ecolib": ecolib}
PACKAGES = {"pycobi": "auto", "pydstool": "PyDSTool", "ecolib": "ecolib.continuation"}  # what must be imported for it


def answer(name: str) -> None:
    """In the peer's own process: one line of JSON for each row, as soon as it is known."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(row: str, cell: float | str) -> None:
        print(json.dumps([row, cell]), file=out, flush=True)

    say("version", importlib.metadata.version(name))
    try:
        importlib.import_module(PACKAGES.get(name, name))
    except ImportError as error:
        return say("imports", f"no: {error}".split(" (")[0])
    say("imports", f"with numpy {importlib.metadata.version('numpy')}")
    start, offers = time.perf_counter(), functools.cache(PEERS[name])
    for title, task, case, measure in ITEMS:
        try:
            got = offers(case).get(task, lambda: "not offered")() or "none found"
            say(title, measure(got) if isinstance(got, list) else "right" if got.lower() == measure else got)
        except Exception as error:
            say(title, f"failed: {error or type(error).__name__}".splitlines()[0])
    return say("seconds for the list", f"{time.perf_counter() - start:.1f}")


def column(name: str, folder: Path) -> dict[str, float | str]:
    """Cells of a peer by row."""
    python, rows = Path(sys.executable), {}  # this environment, unless for a peer
    if name != "ecolib":
        venv.create(folder / name, with_pip=True)
        python = folder / name / ("Scripts" if os.name == "nt" else "bin") / "python"
        install = [python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "-c", PINS, name]
        done = subprocess.run(install, capture_output=True, text=True, check=False)
        rows = {"installs from wheels": f"no: {done.stderr.splitlines()[-1]}" if done.returncode else "yes"}
    lines = folder / f"{name}.jsonl"
    with lines.open("w") as out, contextlib.suppress(subprocess.TimeoutExpired):
        command = [python, Path(__file__).resolve(), "--answer", name]
        subprocess.run(command, cwd=folder, stdout=out, stderr=subprocess.DEVNULL, timeout=LIMIT, check=False)
    return rows | dict(map(json.loads, lines.read_text().splitlines()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=PEERS, default=list(PEERS), help="some peers")
    parser.add_argument("--answer", choices=PEERS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.answer:
        sys.exit(answer(chosen.answer))
    from common.record import write  # the environments of peers have no use for it

    with tempfile.TemporaryDirectory() as folder:
        columns = {name: column(name, Path(folder)) for name in chosen.only}
    print("| |", " | ".join(columns), "|\n|---|" + "---|" * len(columns))
    for row in dict.fromkeys(row for cells in columns.values() for row in cells):
        cells = [cells.get(row, "-") for cells in columns.values()]
        print(f"| {row} |", " | ".join(cell[:60] if isinstance(cell, str) else f"{cell:.0e}" for cell in cells), "|")
    write(
        (recorded(name, *item) for name, cells in columns.items() for item in cells.items()),
        keep=len(columns) == len(PEERS),
    )


def recorded(name: str, title: str, cell: float | str) -> Any:
    """A row of the record."""
    from common.record import Row

    pins = dict(line.partition(" ")[0].split("==") for line in PINS.read_text().splitlines() if "==" in line)
    version = pins.get(name) or importlib.metadata.version(name)
    row = Row("continuation", title, name, "error", version=version)
    if title.startswith("seconds"):
        row.unit, cell = "seconds", float(cell)
    row.values, row.note = ([], cell[:160]) if isinstance(cell, str) else ([cell], "")
    return row


if __name__ == "__main__":
    main()
