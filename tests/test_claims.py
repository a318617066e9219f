"""The ledger: complete, honest, and every piece of evidence exists and says what the verdict says."""

from collections import Counter
from dataclasses import replace

import pytest
import sympy as sp
from chapter_text import PAGES
from checks import checked
from evidence import faults, labels
from letter_ranges import is_range

from ecolib.paper.claims import EVIDENCE, EXCLUDED, NEEDED, VERDICTS, Claim, claims
from ecolib.paper.propositions import GROUPS, PROPOSITIONS

c, c_new, omega, x_1, W = sp.symbols("c c_new omega x_1 W", real=True)
LEDGER = {claim.id: claim for claim in claims()}
GOOD = LEDGER["C21"]
each_claim = pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)


def test_the_ledger_lists_thirty_claims_in_order() -> None:
    assert list(LEDGER) == [f"C{k:02d}" for k in range(1, 31)]
    assert all(claim.claim.endswith(".") and claim.paper for claim in claims())


@each_claim
def test_a_claim_has_the_evidence_that_its_verdict_needs_and_all_of_it_exists(claim: Claim) -> None:
    assert faults(claim) == []


@pytest.mark.parametrize("name", PROPOSITIONS)
def test_every_proposition_is_proved_with_witness_and_counterexamples(name: str) -> None:
    assert PROPOSITIONS[name].name == name
    assert checked(PROPOSITIONS[name]).faults == ()


def test_no_label_stands_twice_in_the_book() -> None:
    counted = Counter(label for page in PAGES for label in labels(page.removesuffix(".md")) if label)
    assert [label for label, count in counted.items() if count > 1] == []


def test_every_verdict_knows_what_it_needs_and_what_contradicts_it() -> None:
    assert tuple(NEEDED) == tuple(EXCLUDED) == VERDICTS
    for verdict in VERDICTS:
        assert set(NEEDED[verdict]) | set(EXCLUDED[verdict]) <= set(EVIDENCE)
        assert not set(NEEDED[verdict]) & set(EXCLUDED[verdict])


def test_every_proposition_belongs_to_a_group_of_a_chapter() -> None:
    assert sum(len(group.propositions) for group in GROUPS) == len(PROPOSITIONS)
    assert len({group.title for group in GROUPS}) == len(GROUPS)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"conditions": ""}, "must name its conditions or reason"),
        *(({kind: ()}, f"must name evidence of the kind '{kind}'") for kind in NEEDED["holds if"]),
        ({"verdict": "holds"}, "with the verdict 'holds' must name no condition"),
        ({"verdict": "holds"}, "has no box 'Verdict on C21: holds'"),
        ({"verdict": "structure"}, "with the verdict 'structure' must name no counterexample"),
        ({"verdict": "outside mathematics"}, "with the verdict 'outside mathematics' must name no code"),
        ({"verdict": "fails when", "counterexample": ()}, "must name evidence of the kind 'counterexample'"),
        ({"chapter": ["99_nowhere"]}, "there is no chapter 99_nowhere"),
        ({"chapter": ["06_symbiosis_equations"]}, "07_analytical.md has a box on it, and is not among its chapters"),
        ({"chapter": ["06_symbiosis_equations"]}, "06_symbiosis_equations has no box 'Verdict on C21"),
        ({"statement": ["thm-nothing"]}, "no chapter of the claim has the statement thm-nothing"),
        ({"statement": ["fig-readings"]}, "no chapter of the claim has the statement fig-readings"),
        ({"statement": ["def-symbiosis"]}, "no chapter of the claim has the statement def-symbiosis"),
        ({"figure": ["fig-nothing"]}, "no chapter of the claim has the figure fig-nothing"),
        ({"figure": ["thm-path"]}, "no chapter of the claim has the figure thm-path"),
        ({"code": ["ecolib.nothing"]}, "there is no ecolib.nothing"),
        ({"code": ["sympy.Symbol"]}, "there is no sympy.Symbol"),
        ({"condition": ["ecolib.paper.claims.Claim.nothing"]}, "there is no ecolib.paper.claims.Claim.nothing"),
        ({"condition": ["ecolib.paper.claims.Claim"]}, "ecolib.paper.claims.Claim decides nothing"),
        ({"condition": ["ecolib.paper.claims.Claim.verdict"]}, "ecolib.paper.claims.Claim.verdict decides nothing"),
        ({"condition": ["ecolib.paper.claims.VERDICTS"]}, "ecolib.paper.claims.VERDICTS decides nothing"),
        ({"test": ["tests/test_nothing.py"]}, "there is no test tests/test_nothing.py"),
        ({"test": ["tests/test_claims.py::test_nothing"]}, "there is no test tests/test_claims.py::test_nothing"),
        ({"test": ["tests/evidence.py::faults"]}, "there is no test tests/evidence.py::faults"),
        ({"counterexample": ["tests/test_path.py"]}, "tests/test_path.py is a file; a counterexample is one test"),
        ({"propositions": ["nothing"]}, "there is no proposition nothing"),
        ({"propositions": ["gain_order"], "verdict": "holds"}, "it holds, yet gain_order supposes more than the range"),
        ({"propositions": ["equal_units"]}, "it holds if something, yet no proposition supposes anything"),
    ],
)
def test_each_fault_is_found(change: dict[str, object], complaint: str) -> None:
    assert any(complaint in fault for fault in faults(replace(GOOD, **change)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hypothesis", "outcome"),
    [
        *(
            (one, True)
            for one in (c < 1, c <= 1, c >= 0, c > -1, 2 * c < 2, omega <= 1, x_1 > 0, x_1 >= 0, W > 0, c < c_new)
        ),
        *(
            (one, False)
            for one in (c < W, c > 0, c < 0, 2 * c < 1, c * omega < 1, c + omega < 2, sp.Eq(c, 0), x_1 > 1, W > 1)
        ),
        (sp.Or(c < 1, c > 2), False),
    ],
)
def test_a_condition_is_told_from_the_range_of_a_letter(hypothesis: sp.Basic, outcome: bool) -> None:
    assert is_range(hypothesis) is outcome


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="verdict of C99 must be one of structure"):
        Claim(id="C99", paper="1", claim="Something.", verdict="maybe")
