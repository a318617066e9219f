"""Figure 1 of the paper as data: a connected graph, and every arrow is realised where it says."""

import re

import networkx as nx
import pytest
from chapter_text import CHAPTERS, DIRECTIVE, PAGES
from test_notation import OWN, of_page, table

from ecolib.paper.construction.logic import ARROWS, NODES, graph

MATRICES = {"alpha": "$A_l$"}  # the coefficients of a layer, all at once
each_arrow = pytest.mark.parametrize("arrow", ARROWS, ids=lambda arrow: arrow.words)


def test_names_are_unique_and_numbers_run():
    assert len({node.name for node in NODES}) == len({node.place for node in NODES}) == len(NODES)
    assert [arrow.number for arrow in ARROWS] == list(range(1, len(ARROWS) + 1))


def test_everything_follows_from_transfer_and_leads_to_the_ecosystem():
    figure, names = graph(), {node.name for node in NODES}
    assert nx.descendants(figure, "transfer") == names - {"transfer"}
    assert nx.ancestors(figure, "ecosystem") == names - {"ecosystem"}
    assert nx.is_directed_acyclic_graph(figure)


def test_the_two_regions_are_treated_alike():
    figure = graph()
    swapped = nx.relabel_nodes(figure, {"old_A": "old_B", "old_B": "old_A", "new_A": "new_B", "new_B": "new_A"})
    assert sorted(swapped.edges(data="number")) == sorted(figure.edges(data="number"))


@each_arrow
def test_the_chapter_of_an_arrow_has_its_statement_or_equation(arrow):
    text = CHAPTERS[f"{arrow.chapter}.md"]
    statements = [options for kind, _, options in DIRECTIVE.findall(text) if kind.startswith("prf:")]
    found = {label for options in statements for label in re.findall(r":label: (\S+)", options)}
    assert arrow.label in found | set(re.findall(r"^\$\$ \((eq-\S+)\)$", text, re.MULTILINE))


@each_arrow
def test_the_chapter_of_an_arrow_uses_its_letter(arrow):
    text = CHAPTERS[f"{arrow.chapter}.md"]
    assert arrow.chapter in OWN
    own = {row[1].strip("`"): row[0] for row in table(f"tab-letters-{arrow.chapter[:2]}", text)}
    symbols = {row[1].strip("`"): row[0] for row in table("tab-letters")} | MATRICES | own
    formulas = re.findall(r"\$\$.*?\$\$|\$[^$]+\$", re.sub(r"^\|.*\|$", "", text, flags=re.MULTILINE), re.DOTALL)
    assert arrow.letter in of_page() | own
    symbol = symbols[arrow.letter].strip("$")
    spelled = {symbol, re.sub(r"_\{[AB]{2}\}", "_{XY}", symbol)}  # of two regions, or of any two
    assert any(one in formula for one in spelled for formula in formulas)


def test_chapter_1_lists_the_arrows_as_the_figure_numbers_them():
    rows = table("tab-arrows", PAGES["01_question.md"])
    assert [int(row[0]) for row in rows] == [arrow.number for arrow in ARROWS]
    for row, arrow in zip(rows, ARROWS, strict=True):
        role = "eq" if arrow.label.startswith("eq-") else "prf:ref"
        assert row[1] == f"{arrow.words} ({arrow.term})"
        assert f"`{arrow.label}`" in row[2]
        assert row[2].startswith(f"{{ref}}`chapter {int(arrow.chapter[:2])} <ch-{arrow.chapter[:2]}>`, {{{role}}}`")
        assert row[3].endswith(f"`{arrow.letter}`")
