"""What all explorers share: printed formulas, the integrator, roots, fields and addresses, drawing, markup."""

import json
import re

import numpy as np
import pytest
import sympy as sp
from explorers import Engine
from scipy.integrate import solve_ivp

from ecolib import explorer
from ecolib.explorer.controls import Control
from ecolib.explorer.printing import javascript
from ecolib.numeric import compiled

a, b = sp.symbols("a b", real=True)
EXPLORERS = [getattr(explorer, name)() for name in explorer.__all__ if name != "Explorer"]
each = pytest.mark.parametrize("shown", EXPLORERS, ids=lambda one: one.name)


@pytest.fixture(scope="module")
def engine():
    return Engine(explorer.two_units())


def test_a_printed_formula_is_the_one_that_python_computes(engine):
    third = sp.Rational(1, 3)
    formulas = (
        a**2 * b + sp.sqrt(b),
        sp.exp(-a) / (1 + a * b),
        sp.Max(a, b) - sp.Abs(a),
        third * a**4,
        a / (b + 2) ** 2,
    )
    engine.eval(f"globalThis.g = {javascript({'g': (formulas, (a, b))})} && 0 || 0")
    points = np.random.default_rng(1).uniform(0.1, 2, (100, 2))
    engine.racer.eval(f"globalThis.g = {javascript({'g': (formulas, (a, b))})}; 0")
    printed = engine.eval(f"{points.tolist()}.map(([a, b]) => g.g(a, b))")
    np.testing.assert_allclose(printed, compiled(formulas, (a, b))(points), rtol=1e-12)


def test_conditions_matrices_and_numbers_are_printed_in_full(engine):
    third = sp.Float(1 / 3)
    formulas = {"m": (sp.Matrix([[a, 1], [third, b]]), (a, b)), "c": (sp.And(a > 0, sp.Eq(b, 0)), (a, b))}
    engine.racer.eval(f"globalThis.h = {javascript(formulas)}; 0")
    assert engine.eval("h.m(2, 5)") == [[2, 1], [1 / 3, 5]]
    assert engine.eval("[h.c(1, 0), h.c(1, 1), h.c(-1, 0)]") == [True, False, False]


@pytest.mark.parametrize(
    ("formula", "error", "says"),
    [
        ((a + b, (a,)), ValueError, "no argument for the letters b"),
        (("a", (a,)), TypeError, "must be a Expr"),
        ((sp.zeta(a), (a,)), ValueError, "cannot be printed"),
        ((a * sp.I, (a,)), ValueError, "must be real"),
        ((a, (sp.Symbol("new"),)), ValueError, "cannot call"),
        ((a, (a, sp.Symbol("a"))), ValueError, "different names"),
    ],
)
def test_what_cannot_be_printed_is_refused(formula, error, says):
    with pytest.raises(error, match=says):
        javascript({"f": formula})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"least": 2}, "most must be"),
        ({"step": 0}, "step"),
        ({"most": float("nan")}, "most"),
        ({"name": "a b"}, "name"),
    ],
)
def test_a_control_out_of_order_is_refused(change, says):
    with pytest.raises(ValueError, match=says):
        Control(
            **{"name": "s", "label": "x", "symbol": "s", "least": 0, "most": 1, "step": 0.1, "default": 0.5} | change
        )


def test_the_integrator_keeps_its_tolerance(engine):
    swing = "(t, [x, v]) => [v, (1 - x * x) * v - x + 0.3 * Math.cos(t)]"
    found = engine.eval(f"integrate({swing}, [2, 0], 0, 20, {{rtol: 1e-8, atol: 1e-10}})")
    exact = solve_ivp(
        lambda t, y: [y[1], (1 - y[0] ** 2) * y[1] - y[0] + 0.3 * np.cos(t)], (0, 20), [2, 0], rtol=1e-11, atol=1e-13
    )
    assert found["ended"] == "finished"
    assert found["t"][-1] == 20
    assert found["y"][-1] == pytest.approx(exact.y[:, -1], abs=1e-5)


def test_paths_that_cannot_be_finished_say_so(engine):
    assert engine.eval("integrate((t, [x]) => [x * x], [1], 0, 2).ended") in ("failed", "out of steps")
    assert engine.eval("integrate((t, [x]) => [-x], [1], 0, 9, {steps: 3}).ended") == "out of steps"
    stopped = engine.eval("integrate((t, [x]) => [x], [1], 0, 9, {stop: (t, [x]) => (x > 5 ? 'far' : '')})")
    assert stopped["ended"] == "far"
    assert stopped["t"][-1] < 9


def test_roots_are_found_to_the_last_digit_and_in_order(engine):
    assert engine.eval("root((x) => x * x - 2, 0, 2)") == pytest.approx(np.sqrt(2), abs=1e-15)
    assert engine.eval("root((x) => x * x + 1, 0, 2)") is None
    assert engine.eval("roots(Math.sin, 1, 10)") == pytest.approx([np.pi, 2 * np.pi, 3 * np.pi], abs=1e-14)


def test_eigenvalues_are_those_of_numpy(engine):
    matrices = np.random.default_rng(2).normal(size=(50, 2, 2))
    found = np.array(engine.eval(f"{matrices.reshape(-1, 4).tolist()}.map((m) => eigen(...m))"))
    for ours, matrix in zip(found[..., 0] + 1j * found[..., 1], matrices, strict=True):
        assert np.sort_complex(ours) == pytest.approx(np.sort_complex(np.linalg.eigvals(matrix)), abs=1e-12)


@pytest.mark.parametrize(
    ("text", "value", "says"),
    [
        ("0.7", 0.7, ""), ("1e-3", 0.001, ""), ("9", 2.5, "at most 2.5"), ("-1e9", -2.5, "at least −2.5"),
        ("", 0.3, "needs a number from −2.5 to 2.5"), ("abc", 0.3, "needs"), ("NaN", 0.3, "stays"),
        ("Infinity", 0.3, "stays"),
    ],
)  # fmt: skip
def test_what_a_field_cannot_hold_is_refused_in_words(engine, text, value, says):
    found = engine.eval(f"accept(controls[0], {json.dumps(text)}, 0.3)")
    assert found["value"] == value
    assert bool(found["said"]) == bool(says)
    assert says in found["said"]


@each
def test_an_address_keeps_the_state_and_that_of_other_explorers(shown):
    engine, rng = Engine(shown), np.random.default_rng(3)
    for _ in range(20):
        values = {one.name: float(rng.uniform(one.least, one.most)) for one in shown.controls}
        fragment = engine.eval(f"writeState('#other:x=1;{shown.name}:q=2', name, {json.dumps(values)})")
        assert fragment.startswith("#other:x=1;")
        assert re.fullmatch(r"#[\w:;,.=+-]+", fragment)
        assert engine.eval(f"readState({json.dumps(fragment)}, name, controls)") == {
            "values": pytest.approx(values, rel=1e-14),
            "said": "",
        }


def test_an_address_of_somebody_else_changes_nothing_and_a_bad_one_is_told(engine):
    assert engine.eval("[readState('', name, controls), readState('#key-points', name, controls)]") == [None, None]
    assert engine.eval("readState('#two-units-more:a1=1', name, controls)") is None
    found = engine.eval("readState('#two-units:a1=9,a2=x,zz=1,__proto__=3,r1', name, controls)")
    assert found["values"] == explorer.two_units().defaults | {"a1": 2.5}
    assert "at most 2.5" in found["said"]
    assert found["said"].count("needs a number") == 2


@each
def test_it_draws_what_it_computes_in_words_that_speak(shown):
    engine = Engine(shown)
    found = engine.compute()
    assert len(engine.said(found)) > 60
    assert not re.search(r"NaN|undefined|null|Infinity|\[object", engine.said(found))
    for k, panel in enumerate(found["panels"]):
        assert re.search(r"axis.*axis", panel["label"])
        drawn = engine.eval(
            f"compute({json.dumps(shown.defaults)}, f, table).panels.map((p) => picture(p, 340) + legend(p))[{k}]"
        )
        assert not re.search(r"NaN|undefined|Infinity", drawn)
        assert drawn.startswith('<svg role="img" aria-label="')


@each
def test_every_corner_of_the_controls_is_drawn(shown):
    engine, rng = Engine(shown), np.random.default_rng(4)
    for _ in range(15):
        values = {one.name: float(rng.choice([one.least, one.default, one.most])) for one in shown.controls}
        drawn = engine.eval(
            f"compute({json.dumps(values)}, f, table).panels.map((p) => picture(p, 340) + legend(p)).join()"
        )
        assert not re.search(r"NaN|undefined|Infinity", drawn), values
        assert not re.search(r"NaN|undefined|null", engine.said(engine.compute(**values))), values


@each
def test_the_markup_holds_itself_and_the_same_every_time(shown):
    text = shown._repr_html_()
    assert text == getattr(explorer, shown.name.replace("-", "_"))().html
    assert set(re.findall(r"""(?:src|href)=["']([^"'#:]*:)""", text)) <= {"data:"}
    assert not re.search(r"\bimport\b|\bfetch\(|\beval\(|localStorage|<link", text)
    assert text.count("<script") == text.count("</script") == 1
    assert re.search(r'<div class="explorer-static"><img src="data:image/svg\+xml,[^"]+" alt="[^"]{60,}"', text)


@each
def test_every_control_has_a_label_a_slider_and_a_field(shown):
    text = shown.html
    for one in shown.controls:
        assert re.search(rf'<label><span>{one.label}, <var>.*?</span>\s*<input type="range" name="{one.name}"', text)
        assert f'<input type="number" name="{one.name}-number"' in text
