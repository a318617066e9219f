"""The appendix of propositions: every group on its page, every proposition with what the solvers say of it."""

import re
from dataclasses import replace

import pytest
import sympy as sp
from chapter_text import PAGES, cells
from checks import checked

from ecolib.paper.appendix import LONG, checked_groups, entry
from ecolib.paper.propositions import GROUPS, PROPOSITIONS, Group
from ecolib.proofs import Proposition

x, y = sp.symbols("x y", real=True)
SQUARE = Proposition("square_grows", {"x > 1": x > 1}, x**2 > x, statement="Squares grow.")
FALSE = Proposition("square_shrinks", {"x > 1": x > 1}, x**2 < x, statement="Squares shrink.")
GROUP = Group("Squares", "07_analytical", {one.name: one for one in (SQUARE, FALSE)})


def test_the_page_has_a_heading_a_chapter_and_a_cell_for_every_group() -> None:
    parts = re.split(r"^## (.+)$", PAGES["proofs.md"], flags=re.MULTILINE)
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert list(found) == [group.title for group in GROUPS]
    for group in GROUPS:
        assert f"{{ref}}`chapter {int(group.chapter[:2])} <ch-{group.chapter[:2]}>`" in found[group.title]
        assert [code.strip() for _, code in cells(found[group.title])] == [f'groups["{group.title}"]']


def test_a_proposition_is_shown_with_its_formulas_its_witness_and_its_counterexamples() -> None:
    text = entry(SQUARE, checked(SQUARE))
    assert text.startswith("(proposition-square_grows)=\n")
    for part in ("Squares grow.", "- If $x > 1$", "- Then $x^{2} > x$", "**Proved** by z3, under 1 s.", "`x = 2`"):
        assert part in text
    assert re.search(r"Without `x > 1` the claim fails at `x = (0|1)`", text)
    assert "Evidence for no claim by itself. Named in {ledger:mentions}`square_grows`." in text


def test_claims_that_cite_a_proposition_are_linked() -> None:
    text = entry(PROPOSITIONS["leader_first"], checked(PROPOSITIONS["leader_first"]))
    assert "Evidence for {ref}`C19 <c19>`, {ref}`C21 <c21>`." in text


def test_what_is_not_proved_is_said() -> None:
    assert "**the claim is refuted" in entry(FALSE, checked(FALSE))
    group = checked_groups([GROUP], workers=1)["Squares"]
    assert repr(group) == "<Squares: 1 of 2 pass>"
    assert not group.passed


def test_long_formulas_are_folded() -> None:
    claim = sp.And(*(x**2 + k * x * y + k**2 * y**2 >= 0 for k in range(1, 12)))
    long = Proposition("long", {}, claim, statement="Long.")
    text = entry(long, checked(long))
    assert text.index(":class: dropdown") < text.index("- Then")
    assert len(sp.latex(claim)) > LONG


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "under 1 s"), (1.0, "under 10 s"), (59, "under 60 s"), (60, "over 60 s")]
)
def test_times_are_told_in_classes(seconds: float, words: str) -> None:
    check = checked(SQUARE)
    (part,) = check.proof.parts
    slow = replace(check.proof, parts=(replace(part, search=replace(part.search, seconds=seconds)),))
    assert f"by z3, {words}." in entry(SQUARE, replace(check, proof=slow))


def test_processes_find_what_one_process_finds() -> None:
    alone, together = (checked_groups([GROUP], workers=workers)["Squares"] for workers in (1, 2))
    assert alone._repr_markdown_() == together._repr_markdown_()
    with pytest.raises(ValueError, match="workers must be at least 1, got 0"):
        checked_groups([GROUP], workers=0)
