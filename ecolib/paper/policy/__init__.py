"""Section 4 of the paper: five policies as levers on the models of section 3.2.

A **case** is a set of numbers for the letters of the closure, its feedback and its network. An **obstacle** is what
stands in the way, written so that less is better; a **lever** at a **dose** cuts each of its obstacles by the same
part. A lever **helps** an outcome that should fall (a threshold, the transfer needed for a stage, a date) when it
lowers it; its **saving** is by how many per cent per one per cent less of its obstacles. Two levers are **complements**
when they do more together than the sum of what each does alone, and **substitutes** when they do less.

- ``letters`` holds the formulas, ``case`` the numbers, ``levers`` the five policies;
- ``thresholds``, ``rest``, ``paths`` and ``balance`` say what a case leads to; ``conditions`` and ``doses`` decide
  what verdicts depend on;
- ``elasticities`` and ``interactions`` compare levers; ``sensitivity`` weighs letters that are uncertain;
- ``theorems`` holds what is proved; it needs the solvers and is imported by path.
"""

from ecolib.paper.policy.balance import Balance, time_to_balance
from ecolib.paper.policy.case import BaseCase
from ecolib.paper.policy.conditions import (
    PASSAGES,
    aligns,
    carries_over,
    coexists,
    inflow_borne,
    only_together,
    passage,
    sharing_pays,
    stuck,
)
from ecolib.paper.policy.doses import dose_needed, tipping_dose
from ecolib.paper.policy.elasticities import OUTCOMES, best_lever, lever_savings, outcome, savings
from ecolib.paper.policy.interactions import BENEFITS, interaction, interactions, relation
from ecolib.paper.policy.levers import (
    LEVERS,
    OBSTACLES,
    Lever,
    alliance,
    apply,
    circulation,
    digital,
    open_border,
    platform,
)
from ecolib.paper.policy.paths import path, policy_system
from ecolib.paper.policy.ranges import RANGES, widened
from ecolib.paper.policy.rest import CLASSES, Rest, critical, needed, rest
from ecolib.paper.policy.sensitivity import MEASURES, Sensitivity, sensitivity
from ecolib.paper.policy.thresholds import date, thresholds

__all__ = [
    "BENEFITS",
    "CLASSES",
    "LEVERS",
    "MEASURES",
    "OBSTACLES",
    "OUTCOMES",
    "PASSAGES",
    "RANGES",
    "Balance",
    "BaseCase",
    "Lever",
    "Rest",
    "Sensitivity",
    "aligns",
    "alliance",
    "apply",
    "best_lever",
    "carries_over",
    "circulation",
    "coexists",
    "critical",
    "date",
    "digital",
    "dose_needed",
    "inflow_borne",
    "interaction",
    "interactions",
    "lever_savings",
    "needed",
    "only_together",
    "open_border",
    "outcome",
    "passage",
    "path",
    "platform",
    "policy_system",
    "relation",
    "rest",
    "savings",
    "sensitivity",
    "sharing_pays",
    "stuck",
    "thresholds",
    "time_to_balance",
    "tipping_dose",
    "widened",
]
