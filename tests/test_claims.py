"""The ledger: complete, honest, and every piece of evidence exists."""

import ast
import importlib
from pathlib import Path

import pytest

from ecolib.paper.claims import VERDICTS, Claim, claims
from ecolib.paper.propositions import PROPOSITIONS

ROOT = Path(__file__).parent.parent
SETTLED = [claim for claim in claims() if claim.verdict != "open"]


def test_the_ledger_lists_thirty_claims_in_order() -> None:
    assert [claim.id for claim in claims()] == [f"C{k:02d}" for k in range(1, 31)]
    assert all(claim.claim.endswith(".") and claim.paper for claim in claims())


def test_the_claims_on_symbiosis_are_settled() -> None:
    assert {claim.id for claim in SETTLED} >= {"C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23"}


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_a_claim_has_the_evidence_that_its_verdict_needs_and_none_that_contradicts_it(claim: Claim) -> None:
    assert claim.faults == ()


@pytest.mark.parametrize("claim", SETTLED, ids=lambda claim: claim.id)
def test_the_propositions_of_a_claim_exist(claim: Claim) -> None:
    assert set(claim.propositions) <= set(PROPOSITIONS)


@pytest.mark.parametrize("claim", SETTLED, ids=lambda claim: claim.id)
def test_the_chapters_of_a_claim_exist_and_speak_of_it(claim: Claim) -> None:
    for chapter in claim.chapter:
        assert claim.id in (ROOT / "book" / f"{chapter}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("claim", SETTLED, ids=lambda claim: claim.id)
def test_the_code_of_a_claim_can_be_imported(claim: Claim) -> None:
    for name in claim.code:
        module, _, attribute = name.rpartition(".")
        assert hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("claim", SETTLED, ids=lambda claim: claim.id)
def test_the_tests_of_a_claim_exist(claim: Claim) -> None:
    for node in claim.test:
        file, _, function = node.partition("::")
        names = {item.name for item in ast.parse((ROOT / file).read_text()).body if isinstance(item, ast.FunctionDef)}
        assert names
        assert not function or function in names


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="verdict of C99 must be one of open"):
        Claim(id="C99", paper="1", claim="Something.", verdict="maybe")
    assert "open" in VERDICTS
