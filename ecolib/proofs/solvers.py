"""The door to the solvers: a query goes in, an answer comes out.

Two solvers of polynomial arithmetic over the reals, by three methods:

- ``z3``: cylindrical decomposition guided by conflicts; decides most statements about two units in milliseconds;
- ``cvc5 linear``: cvc5 by incremental linearisation; decides some statements about three units that z3 does not;
- ``cvc5 cover``: cvc5 by cylindrical coverings.

z3 runs in this process, with its own time limit. cvc5 can overrun its time limits by minutes, so it runs in a child
process that is ended when time is up; this file is what the child runs, and so it imports nothing but the standard
library until a solver is asked. Ctrl-C stops either.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from subprocess import PIPE
from typing import Any

__all__ = ["METHODS", "Answer", "Root", "ask", "require_solvers"]

METHODS = ("z3", "cvc5 linear", "cvc5 cover")

_CVC5_OPTIONS = {"cvc5 linear": {"nl-cov": "false", "nl-ext": "full"}, "cvc5 cover": {}}


@dataclass(frozen=True)
class Root:
    """An algebraic number: the real root number ``index`` (from 0, in increasing order) of a polynomial.

    Args:
        coefficients: integers, highest power first.
        index: which of the real roots.
    """

    coefficients: tuple[int, ...]
    index: int


@dataclass(frozen=True)
class Answer:
    """What a solver said.

    Args:
        verdict: "sat", "unsat" or "unknown".
        model: for "sat", a number for every name the solver cares about; None when it could not be read exactly.
        reason: for "unknown", in the solver's words.
    """

    verdict: str
    model: Mapping[str, Fraction | Root] | None = None
    reason: str = ""


def require_solvers() -> None:
    """Raise unless both solvers are installed.

    Raises:
        ImportError: with the command that installs them.
    """
    missing = [name for name in ("z3", "cvc5") if not _is_installed(name)]
    if missing:
        raise ImportError(f"proofs need {' and '.join(missing)}: pip install 'ecolib[proofs]'")


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # a module that was blocked by hand
        return False


def ask(text: str, *, method: str, seconds: float, effort: int = 0) -> Answer:
    """Ask one solver one query.

    Args:
        text: the query in SMT-LIB 2.
        method: one of ``METHODS``.
        seconds: time limit. z3 may overrun it by some tenths of a second, cvc5 may not.
        effort: for z3, a limit counted in its own steps, the same on every machine; 0 for none.

    Raises:
        ValueError: for an unknown method.
        KeyboardInterrupt: on Ctrl-C.

    Example:
        >>> ask("(declare-const x Real) (assert (< (* x x) 0)) (check-sat)", method="z3", seconds=5).verdict
        'unsat'
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    return _ask_z3(text, seconds, effort) if method == "z3" else _ask_cvc5(text, method, seconds)


def _ask_z3(text: str, seconds: float, effort: int) -> Answer:
    z3: Any = import_module("z3")
    solver = z3.SolverFor("QF_NRA", ctx=z3.Context())  # a context of its own: no answer depends on earlier ones
    solver.set("timeout", max(1, round(1000 * seconds)))
    solver.set("rlimit", effort)
    solver.from_string(text)
    verdict = str(solver.check())
    if verdict == "sat":
        model = solver.model()
        return Answer(verdict, {d.name(): _z3_number(z3, model[d]) for d in model.decls() if d.arity() == 0})
    reason = solver.reason_unknown() if verdict == "unknown" else ""
    if "interrupted" in reason:  # z3 catches Ctrl-C and answers "unknown"
        raise KeyboardInterrupt
    return Answer(verdict, reason=reason)


def _z3_number(z3: Any, value: Any) -> Fraction | Root:
    if z3.is_rational_value(value):
        return Fraction(value.numerator_as_long(), value.denominator_as_long())
    lowest_first = [coefficient.as_long() for coefficient in value.poly()]
    return Root(tuple(reversed(lowest_first)), value.index() - 1)


def _ask_cvc5(text: str, method: str, seconds: float) -> Answer:
    child = subprocess.Popen([sys.executable, "-P", __file__, method], stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True)
    try:
        said, complaint = child.communicate(text, timeout=seconds)
    except subprocess.TimeoutExpired:
        return Answer("unknown", reason="timeout")
    finally:  # also on Ctrl-C
        child.kill()
        child.communicate()
    if child.returncode != 0:
        return Answer("unknown", reason=(complaint.splitlines() or [f"exit code {child.returncode}"])[-1])
    answer = json.loads(said)
    model = answer["model"] and {name: Fraction(number) for name, number in answer["model"].items()}
    return Answer(answer["verdict"], model, answer["reason"])


def _cvc5_answer(text: str, method: str) -> dict[str, Any]:
    """Run cvc5 in this process; a model with an irrational number is left out."""
    cvc5: Any = import_module("cvc5")
    terms = cvc5.TermManager()
    solver, symbols = cvc5.Solver(terms), cvc5.SymbolManager(terms)
    for option, value in {"produce-models": "true", **_CVC5_OPTIONS[method]}.items():
        solver.setOption(option, value)
    parser = cvc5.InputParser(solver, symbols)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "query")
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(solver, symbols)
    verdict, _, reason = said.strip().partition(" ")
    if verdict not in ("sat", "unsat", "unknown"):
        return {"verdict": "unknown", "model": None, "reason": said.strip()}
    values = {str(t): solver.getValue(t) for t in symbols.getDeclaredTerms()} if verdict == "sat" else {}
    exact = verdict == "sat" and all(value.isRealValue() for value in values.values())
    model = {name: str(value.getRealValue()) for name, value in values.items()} if exact else None
    return {"verdict": verdict, "model": model, "reason": reason}


if __name__ == "__main__":
    print(json.dumps(_cvc5_answer(sys.stdin.read(), sys.argv[1])))
