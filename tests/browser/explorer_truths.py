"""What Python says of a state of an explorer: numbers and words by the names under which the page shows them."""

import math

from ecolib import Symbiosis, Values, equilibria, regime
from ecolib.numeric import steady_state
from ecolib.paper.evolution import Closure, Feedback, hysteresis, letters, stage_times, steady_states
from ecolib.paper.policy import LEVERS, BaseCase, apply, critical, rest, thresholds

MODEL = Symbiosis.of(units=2)


def pair(state):
    """The values of two units, outputs as saturations."""
    alpha = ((0, state["a1"]), (state["a2"], 0))
    return Values(r=(state["r1"], state["r2"]), K=(1, 1), alpha=alpha)


def two_units(state):
    """The regime and the gains of two units."""
    found = regime(MODEL, pair(state)).name
    gains = steady_state(equilibria(MODEL)[-1], pair(state)) - 1 if found == "coexistence" else (None, None)
    return {"regime": found, "gain1": gains[0], "gain2": gains[1]}


def path(state):
    """Thresholds, dates, coefficients and stage of the closure."""
    closure = Closure(**{name: state[name] for name in ("s", "c", "omega", "epsilon")})
    at, dates = closure.thresholds, stage_times(closure, V_start=state["V"], mu=state["mu"])
    phi = float(letters.compatibility.subs(letters.V, state["V"]))
    alpha, gains = closure.alpha(phi=phi), closure.gains(phi=phi)
    shown = {
        "V0": at.V_0, "Vc": at.V_c, "Vb": at.V_b, "phi0": at.phi_0, "phic": at.phi_c, "phib": at.phi_b,
        "t0": dates.t_0, "tc": dates.t_c, "tb": dates.t_b, "a1": alpha[0, 1], "a2": alpha[1, 0],
        "gain1": gains[0], "gain2": gains[1],
    }  # fmt: skip
    numbers = {name: float(value) if math.isfinite(value) else None for name, value in shown.items()}
    return numbers | {"shares": closure.stage(V=state["V"], reading="shares").value}


def tipping(state):
    """Critical intensities, landing places and states at rest of the feedback."""
    closure = Closure(**{name: state[name] for name in ("s", "c", "omega")})
    model = Feedback(closure, eta=state["eta"], learning=state["learning"])
    loop = hysteresis(model)
    down = loop.down if loop else None
    shown = {"tau_up": loop.tau_up if loop else None, "V_up": loop.up.V if loop else None}
    shown |= {"tau_down": down.tau if down else None, "V_down": down.V if down else None}
    return shown | {"states": [one.V for one in steady_states(model, tau=state["tau"])]}


def policy(state):
    """Thresholds, critical transfer and rest before and after the doses."""
    before = BaseCase(**{name: state[name] for name in ("tau", "c", "omega")})
    doses = {lever: state[lever.split()[-1]] for lever in LEVERS}
    shown = {}
    for side, case in (("_before", before), ("", apply(before, doses, cut=state["cut"]))):
        at = rest(case)
        numbers = (*thresholds(case), *critical(case), at.V, at.leader, at.follower)
        names = ("phi0", "phic", "phib", "tauup", "Vup", "V", "leader", "follower")
        shown |= {f"{name}{side}": float(one) for name, one in zip(names, numbers, strict=True)}
    return {name: one if math.isfinite(one) else None for name, one in shown.items()}


TRUTHS = {"two-units": two_units, "path": path, "tipping": tipping, "policy": policy}
