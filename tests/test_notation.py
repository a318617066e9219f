"""The book and the package say the same of every letter: its word, its unit, its range, its name in code.

Letters that run through the book stand in chapter 0; letters of one section of the paper stand in its chapter.
"""

import ast
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import sympy as sp

import ecolib
from ecolib.paper import evolution
from ecolib.paper.claims import VERDICTS
from ecolib.paper.evolution import letters
from ecolib.paper.evolution.ranges import checked

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "book" / "00_how_to_use.md").read_text(encoding="utf-8")
UNITS = ("dimensionless", "in units of output", "per unit of time", "in units of time")
OWN = {
    "02_material_foundation": "paper/construction/material",
    "03_institutional_guarantee": "paper/construction/institutions",
    "04_driving_mechanism": "paper/construction/drive",
    "05_innovation_behaviour": "paper/behaviour",
    "11_five_levers": "paper/policy",
}


def table(name, page=PAGE):
    """The rows of the table with a name, as lists of cells."""
    block = re.search(rf"^```\{{table\}}[^\n]*\n:name: {name}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    rows = [line.strip().strip("|").split("|") for line in block[1].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def plain(text):
    """Words without marks, formulas as code writes them."""
    text = re.sub(r"[`$]", "", text).replace("e^{-V}", "exp(-V)")
    return re.sub(r"_i\b|_\{ij\}", "", text).replace(r"\le", "<=").replace(r"\ge", ">=")


def of_docstrings(paths):
    """Letter -> (word, unit, range), from the docstrings of files that introduce letters."""
    found = {}
    for path in paths:
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        for code, line in re.findall(r"^- ``(\w+)``: (.+)$", text.partition("Letters, one line each")[2], re.MULTILINE):
            rest, _, limits = line.rpartition(", ")
            word, _, unit = rest.rpartition(", ")
            assert code not in found, f"{code} is introduced twice"
            found[code] = tuple(map(plain, (word, unit, limits) if unit in UNITS else (rest, "", limits)))
    return found


def of_page(name="tab-letters", page=PAGE):
    """The same, from a table."""
    found = {}
    for symbol, code, word, unit, limits in table(name, page):
        name = code.strip("`")
        limits = limits.replace(symbol.strip("$"), name)
        found[name] = (plain(word), unit, plain(limits))
    return found


def resolved(name):
    """What a dotted name of the page stands for; a field of a dataclass counts."""
    owner, _, attribute = name.rpartition(".")
    if owner == "letters":
        return hasattr(letters, attribute)
    thing = getattr(ecolib, owner, None) or getattr(evolution, owner)
    return hasattr(thing, attribute) or (is_dataclass(thing) and attribute in {field.name for field in fields(thing)})


def test_the_page_lists_the_letters_of_the_package_word_for_word():
    own = [ROOT / "ecolib" / folder for folder in OWN.values()]
    files = [path for path in (ROOT / "ecolib").rglob("*.py") if not any(map(path.is_relative_to, own))]
    assert of_page() == of_docstrings(files)


@pytest.mark.parametrize(("chapter", "folder"), OWN.items())
def test_a_chapter_lists_the_letters_of_its_section_word_for_word(chapter, folder):
    page = (ROOT / "book" / f"{chapter}.md").read_text(encoding="utf-8")
    letters_of_section = of_docstrings((ROOT / "ecolib" / folder).rglob("*.py"))
    assert letters_of_section == of_page(f"tab-letters-{chapter[:2]}", page)
    assert not letters_of_section.keys() & of_page().keys()


def test_every_letter_of_the_closure_is_listed():
    formulas = [value for value in vars(letters).values() if isinstance(value, sp.Expr)]
    own = {letter.name for formula in formulas for letter in formula.free_symbols}
    assert own - set(of_page()) == {"a_1", "a_i", "share", "openness"}


@pytest.mark.parametrize(("symbol", "code"), [(row[0], row[1].strip("`")) for row in table("tab-letters")])
def test_symbol_and_code_are_the_same_letter(symbol, code):
    bare = re.sub(r"_i\b|_\{ij\}|\\mathrm|[${}]", "", symbol).replace("varepsilon", "epsilon")
    bare = bare.replace(r"\lambda", "learning")  # a word that Python keeps for itself
    assert bare == re.sub(r"[{}]", "", sp.latex(sp.Symbol(code)))


@pytest.mark.parametrize("code", [name for name in of_page() if name not in ("x", "r", "K", "u", "alpha")])
def test_the_package_keeps_the_range_that_the_page_states(code):
    limits = of_page()[code][2]
    below, above = re.search(r"(\S+) (<=?) " + code, limits), re.search(code + r" (<=?|>=?) (\S+)", limits)
    bounds = [(above[1], int(above[2]))] + ([({"<": ">", "<=": ">="}[below[2]], int(below[1]))] if below else [])
    for relation, bound in bounds:
        outside = bound + 1 if relation.startswith("<") else bound - 1
        for value in [outside] + [bound] * (len(relation) == 1):
            with pytest.raises(ValueError, match=f"^{code} must be"):
                checked(code, value)
        if len(relation) == 2:
            assert checked(code, bound) == bound


@pytest.mark.parametrize("name", re.findall(r"`([\w.]+)`", "".join(row[1] for row in table("tab-derived"))))
def test_computed_quantities_have_the_names_that_the_page_gives(name):
    assert resolved(name)


def test_adapters_are_those_of_the_page_and_go_both_ways():
    listed = {row[2].strip("`") for row in table("tab-conventions")} - {"none needed"}
    assert listed == {name for name in dir(ecolib.Values) if name.startswith("from_")}
    assert all(hasattr(ecolib.Values, name.replace("from_", "to_")) for name in listed)


def test_verdicts_are_those_of_the_ledger():
    assert sorted(row[0] for row in table("tab-verdicts")) == sorted(VERDICTS)
