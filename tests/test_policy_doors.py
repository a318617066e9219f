"""What is no case, no number, no known name is refused with a sentence, by every function of the package."""

import numpy as np
import pytest

from ecolib.paper.policy import (
    RANGES,
    BaseCase,
    aligns,
    apply,
    best_lever,
    carries_over,
    critical,
    date,
    dose_needed,
    interaction,
    interactions,
    letters,
    needed,
    only_together,
    outcome,
    path,
    policy_system,
    relation,
    rest,
    savings,
    sensitivity,
    sharing_pays,
    stuck,
    thresholds,
    time_to_balance,
    tipping_dose,
    widened,
)

BASE, MANY = BaseCase(), BaseCase(c=[0.1, 0.2])
NO_CASE = (
    rest,
    stuck,
    thresholds,
    critical,
    aligns,
    time_to_balance,
    lambda case: needed(case, 1.0),
    lambda case: date(case, 0.5),
    lambda case: sharing_pays(case, 0.5),
    lambda case: apply(case, {}),
    lambda case: carries_over(case, {"digital": 1}),
    lambda case: only_together(case, "digital", "alliance", dose=1),
    lambda case: dose_needed(case, "digital", 1.0),
    lambda case: tipping_dose(case, "digital"),
    lambda case: outcome(case, "phi_c"),
    lambda case: savings(case, "phi_c"),
    lambda case: best_lever(case, "phi_c"),
    lambda case: interactions(case, benefit="gain"),
    lambda case: path(case, t=(0, 1)),
    lambda case: sensitivity(rng=np.random.default_rng(1), size=4, base=case),
)


@pytest.mark.parametrize("call", NO_CASE)
@pytest.mark.parametrize("case", [3, {}, "x"])
def test_what_is_no_case_is_refused(call, case) -> None:
    with pytest.raises(TypeError, match="case must be a BaseCase, got"):
        call(case)


@pytest.mark.parametrize(
    "call",
    [
        lambda: apply(BASE, None),
        lambda: apply(BASE, ["digital"]),
        lambda: carries_over(BASE, None),
        lambda: best_lever(BASE, "phi_c", least="x"),
        lambda: time_to_balance(BASE, horizon="x"),
        lambda: widened(RANGES, "x"),
        lambda: sensitivity(rng=np.random.default_rng(1), size=4.0),
        lambda: policy_system(2.5),
    ],
)
def test_what_is_no_number_or_no_mapping_is_refused(call) -> None:
    with pytest.raises(TypeError, match="must be"):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dose_needed(BASE, ["digital"], 1.0), "a lever is one of"),
        (lambda: tipping_dose(BASE, None), "a lever is one of"),
        (lambda: interaction(BASE, None, "digital", benefit="gain"), "a lever is one of"),
        (lambda: outcome(BASE, ["phi_c"]), "an outcome is one of"),
        (lambda: best_lever(BASE, "phi_c", least=np.nan), "least must be one finite number, got nan"),
        (lambda: sensitivity(rng=np.random.default_rng(1), size=4, measures=()), "measures must be a sequence"),
        (lambda: sensitivity(rng=np.random.default_rng(1), size=4, base=MANY), "one case is needed, got a batch"),
        (lambda: policy_system(1), "n must be at least 2, got 1"),
        (lambda: BASE.at(letters.leader, phi=0.5, zz=1), "numbers for phi, V, t, delta are needed, got"),
        (lambda: interactions(BASE, benefit="gain", dose=[0.1, 0.2]), "dose must be one finite number"),
        (lambda: relation(BASE, "alliance", "digital", benefit="gain", dose=[0.1, 0.2]), "dose must be one finite"),
        (lambda: relation(MANY, "alliance", "digital", benefit="gain"), "one case is needed, got a batch"),
    ],
)
def test_what_does_not_fit_is_refused(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
