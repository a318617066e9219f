"""Live figures, driven by keyboard and mouse: what they say is what Python says, and they keep what a reader set."""

import json
import re
import statistics

import numpy as np
import pytest
from book_pages import HTML, page_names
from browsing import until, watched
from explorer_truths import MODEL, TRUTHS, pair
from survey import settle

from ecolib import explorer, simulate
from ecolib.numeric import evaluate

SHOWN = {one.name: one for one in (getattr(explorer, name)() for name in explorer.__all__ if name != "Explorer")}
PLACES = [
    (name, page)
    for page in page_names()
    for name in re.findall(r'data-explorer="([\w-]+)"', (HTML / f"{page}.html").read_text(encoding="utf-8"))
]
each = pytest.mark.parametrize("place", PLACES, ids=[f"{name} in {page}" for name, page in PLACES])
DRAWS = 12


class Live:
    """A live figure in an open page."""

    def __init__(self, page, name):
        self.page, self.name, self.explorer = page, name, SHOWN[name]
        self.box = page.locator(f'.ecolib-explorer[data-explorer="{name}"]').first
        self.settled()

    def settled(self):
        """Wait for the redraw that is under way."""
        until(self.page, f"document.querySelector('[data-explorer={self.name}]').dataset.numbers")
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self

    def slider(self, control):
        return self.box.locator(f'input[type=range][name="{control.name}"]')

    @property
    def numbers(self):
        return json.loads(self.settled().box.get_attribute("data-numbers"))

    @property
    def state(self):
        return {one.name: float(self.slider(one).input_value()) for one in self.explorer.controls}

    @property
    def said(self):
        return self.box.locator("[role=status]").inner_text()


@pytest.fixture
def live(page, server, place):
    """Open the page of an explorer."""
    name, where = place
    page.goto(f"{server}/{where}.html")
    settle(page)
    return Live(page, name)


def test_every_explorer_is_in_the_book():
    assert {name for name, _ in PLACES} == set(SHOWN) == set(TRUTHS)


@each
def test_every_slider_moves_by_key_and_the_figure_follows(live):
    for control in live.explorer.controls:
        live.box.locator(".explorer-reset").click()
        slider = live.slider(control)
        slider.focus()
        ends = {}
        for key, wanted in (("Home", control.least), ("End", control.most)):
            live.page.keyboard.press(key)
            assert float(slider.input_value()) == pytest.approx(wanted)
            ends[key] = (live.numbers, live.said)
        assert ends["Home"] != ends["End"], control.name
        live.page.keyboard.press("ArrowLeft")
        assert float(slider.input_value()) == pytest.approx(control.most - control.step)


@each
def test_a_slider_is_dragged_by_mouse(live):
    slider = live.slider(live.explorer.controls[0])
    slider.scroll_into_view_if_needed()
    box, before = slider.bounding_box(), (live.numbers, live.said)
    middle = box["y"] + box["height"] / 2
    live.page.mouse.move(box["x"] + box["width"] * 0.5, middle)
    live.page.mouse.down()
    live.page.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=4)
    live.page.mouse.up()
    control = live.explorer.controls[0]
    assert float(slider.input_value()) == pytest.approx(control.least + 0.9 * (control.most - control.least), rel=0.1)
    assert (live.numbers, live.said) != before


@each
def test_reset_is_reached_by_tab_and_gives_the_first_state_back(live):
    first, state = live.numbers, live.state
    live.slider(live.explorer.controls[-1]).focus()
    live.page.keyboard.press("End")
    live.slider(live.explorer.controls[0]).focus()
    live.page.keyboard.press("End")
    assert live.numbers != first
    for _ in range(4 * len(live.explorer.controls) + 4):
        live.page.keyboard.press("Tab")
        if live.page.evaluate("document.activeElement.classList.contains('explorer-reset')"):
            break
    live.page.keyboard.press("Enter")
    assert live.numbers == first
    assert live.state == pytest.approx(state)


@each
def test_an_address_brings_the_state_back(live, context):
    live.slider(live.explorer.controls[0]).focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        live.page.keyboard.press(key)
    state, numbers, address = live.state, live.numbers, live.page.url
    assert f"{live.name}:" in address
    live.page.reload()
    assert (live.state, live.numbers) == (state, numbers)
    with watched(context) as (other, record):
        other.goto(address)
        again = Live(other, live.name)
        assert (again.state, again.numbers) == (state, numbers)
        assert record.faults == []


@each
def test_numbers_are_those_of_python(live):
    rng = np.random.default_rng(2026)
    for _ in range(DRAWS):
        state = {one.name: round(float(rng.uniform(one.least, one.most)), 4) for one in live.explorer.controls}
        asked = ",".join(f"{name}={value!r}" for name, value in state.items())
        live.page.evaluate(f"location.hash = '{live.name}:{asked}'")
        found, exact = live.numbers, TRUTHS[live.name](state)
        for name, value in exact.items():
            assert found[name] == (
                pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float | list) else value
            ), (
                name,
                state,
            )


def in_the_page(page, shown, expression):
    """Evaluate an expression where the script of an explorer has run."""
    return page.evaluate(f"(() => {{ {shown.code}\n return {expression}; }})()")


def test_the_right_hand_side_in_the_browser_is_that_of_python(page, server):
    page.goto(f"{server}/intro.html")
    rng = np.random.default_rng(2026)
    rows = np.column_stack(
        [rng.uniform(0, 3, (200, 2)), rng.uniform(0.05, 2, (200, 2)), rng.uniform(-2.5, 2.5, (200, 2))]
    )
    found = in_the_page(page, SHOWN["two-units"], f"{rows.tolist()}.map((row) => f.field(...row))")
    for (u1, u2, r1, r2, a1, a2), ours in zip(rows, found, strict=True):
        exact = evaluate(MODEL.field, MODEL, pair({"r1": r1, "r2": r2, "a1": a1, "a2": a2}), (u1, u2))
        np.testing.assert_allclose(ours, exact, rtol=1e-12, atol=1e-14)


def test_paths_in_the_browser_are_those_of_python(page, server):
    page.goto(f"{server}/intro.html")
    rng, times = np.random.default_rng(2026), (0, 5, 20)
    for _ in range(10):
        state = {"a1": rng.uniform(-2.5, 0.9), "a2": rng.uniform(-2.5, 0.9), "r1": 0.5, "r2": 0.4}
        rhs = "(_, u) => f.field(...u, {r1}, {r2}, {a1}, {a2})".format(**state)
        ends = ", ".join(f"integrate({rhs}, [0.2, 0.6], 0, {time}).y.at(-1)" for time in times[1:])
        found = in_the_page(page, SHOWN["two-units"], f"[{ends}]")
        exact = simulate(MODEL, pair(state), x0=(0.2, 0.6), t=times).x[:, 1:]
        np.testing.assert_allclose(np.transpose(found), exact, rtol=0, atol=1e-5)


@each
def test_paper_and_browsers_without_scripts_show_the_still_figure(live, browser, place, server):
    live.page.emulate_media(media="print")
    assert live.box.locator(".explorer-static img").is_visible()
    assert not live.box.locator(".explorer-live").is_visible()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/{place[1]}.html")
    box = page.locator(f'.ecolib-explorer[data-explorer="{place[0]}"]').first
    assert box.locator(".explorer-static img").is_visible()
    assert not box.locator(".explorer-live").is_visible()
    context.close()


@each
def test_figures_fit_a_phone_and_their_text_can_be_read(live):
    live.page.set_viewport_size({"width": 380, "height": 900})
    until(live.page, f"document.querySelector('[data-explorer={live.name}] svg').getBoundingClientRect().width < 380")
    sizes = (
        live.settled()
        .box.locator("svg text")
        .evaluate_all(
            """all => all.map((one) => {
            const { a, b } = one.getScreenCTM();
            return parseFloat(getComputedStyle(one).fontSize) * Math.hypot(a, b);
        })"""
        )
    )
    assert min(sizes) >= 12 - 1e-6
    assert live.page.evaluate("document.documentElement.scrollWidth") == 380


@each
def test_the_time_from_a_move_to_the_redrawn_figure_is_told(live, capsys):
    times = live.page.evaluate(
        """async ([name, control, least, most]) => {
            const box = document.querySelector(`[data-explorer="${name}"]`), found = [];
            const slider = box.querySelector(`input[type=range][name="${control}"]`);
            for (let k = 0; k < 30; k++) {
                slider.value = least + ((most - least) * ((7 * k) % 30)) / 30;
                const began = performance.now();
                slider.dispatchEvent(new Event("input", { bubbles: true }));
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                found.push([performance.now() - began, Number(box.dataset.milliseconds)]);
            }
            return found;
        }""",
        [live.name, (one := live.explorer.controls[0]).name, one.least, one.most],
    )
    whole, drawn = (statistics.median(one[k] for one in times) for k in (0, 1))
    with capsys.disabled():
        print(f"\n{live.name}: {whole:.1f} ms from move to figure, {drawn:.1f} ms of it computing (medians of 30)")
    assert len({one[1] for one in times}) > 3
