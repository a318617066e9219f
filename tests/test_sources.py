"""Where names of the ledger stand in the source."""

import re
from pathlib import Path

import pytest

from listings import page_of
from sources import Place, locate

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("ecolib.Symbiosis", Place("ecolib/model.py", "Symbiosis")),
        ("ecolib.paper.evolution.Closure.thresholds", Place("ecolib/paper/evolution/closure.py", "Closure.thresholds")),
        ("ecolib.paper.evolution.Thresholds.phi_0", Place("ecolib/paper/evolution/thresholds.py", "Thresholds.phi_0")),
        ("ecolib.paper.claims", Place("ecolib/paper/claims.py")),
        (
            "tests/test_claims.py::test_the_ledger_lists_thirty_claims_in_order",
            Place("tests/test_claims.py", "test_the_ledger_lists_thirty_claims_in_order"),
        ),
    ],
)
def test_a_name_is_found_where_it_is_defined(name, place):
    found = locate(name, ROOT)
    assert (found.file, found.name) == (place.file, place.name)
    line = (ROOT / found.file).read_text(encoding="utf-8").splitlines()[found.first - 1]
    assert not found.name or re.match(r"\s*(@|class |def |\w+:)", line)
    assert page_of(found.file) == f"listings/{Path(found.file).with_suffix('').as_posix()}"


@pytest.mark.parametrize(
    "name", ["ecolib.Nothing", "ecolib.Values.nothing", "nowhere.at.all", "tests/test_none.py", "a"]
)
def test_a_name_that_is_nowhere_is_not_found(name):
    assert locate(name, ROOT) is None
