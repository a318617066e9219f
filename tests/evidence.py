"""What may be wrong with the evidence of a claim: it points nowhere, or it contradicts the verdict."""

import importlib
import re
from dataclasses import is_dataclass
from functools import cached_property
from pathlib import Path

from chapter_text import DIRECTIVE, PAGES, cells, directives
from letter_ranges import is_range

from ecolib.paper.propositions import PROPOSITIONS
from sources import locate

ROOT = Path(__file__).parents[1]


def faults_of_chapters(claim):
    """Chapters that do not exist, or have no box with the verdict; other chapters that have a box."""
    for name, page in PAGES.items():
        titles = [title for title, _ in directives(page, "admonition") if title.startswith(f"Verdict on {claim.id}:")]
        if titles and name.removesuffix(".md") not in (*claim.chapter, "00_how_to_use"):
            yield f"{name} has a box on it, and is not among its chapters"
        if len(titles) > 1:
            yield f"{name} has {len(titles)} boxes on it"
    for name in claim.chapter:
        page = PAGES.get(f"{name}.md")
        boxes = [title for title, _ in directives(page, "admonition")] if page else []
        if page is None:
            yield f"there is no chapter {name}"
        elif f"Verdict on {claim.id}: {claim.verdict}" not in boxes:
            yield f"{name} has no box 'Verdict on {claim.id}: {claim.verdict}'"


def labels(name):
    """Labels of statements and names of figures of a chapter."""
    text = PAGES.get(f"{name}.md", "")
    for kind, _, options in DIRECTIVE.findall(text):
        if kind.startswith("prf:"):
            yield from re.findall(r":label: (\S+)", options)
        elif kind == "figure":
            yield from re.findall(r":name: (\S+)", options)
    for options, _ in cells(text):
        yield str(options.get("mystnb", {}).get("figure", {}).get("name", ""))


def faults_of_labels(claim):
    """Statements and figures that none of the claim's chapters has."""
    known = {label for name in claim.chapter for label in labels(name)}
    for kind in ("statement", "figure"):
        for label in getattr(claim, kind):
            if label not in known or label.startswith("fig-") != (kind == "figure"):
                yield f"no chapter of the claim has the {kind} {label}"


def imported(name):
    """The object of a dotted name; for a field of a dataclass, the dataclass."""
    module, parts = name, []
    while True:
        try:
            owner = importlib.import_module(module)
            break
        except ModuleNotFoundError:
            module, _, last = module.rpartition(".")
            parts.insert(0, last)
    for part in parts:
        owner = owner if is_dataclass(owner) and part in owner.__dataclass_fields__ else getattr(owner, part)
    return owner


def decides(thing):
    """Whether it can compute: a function or a property, not a class or a field that a caller fills."""
    return isinstance(thing, property | cached_property) or (callable(thing) and not isinstance(thing, type))


def faults_of_code(claim):
    """Code that does not exist, and conditions that compute nothing."""
    for name in (*claim.code, *claim.condition):
        if not name.startswith("ecolib.") or locate(name, ROOT) is None:
            yield f"there is no {name}"
        elif name in claim.condition and not decides(imported(name)):
            yield f"{name} decides nothing"


def faults_of_tests(claim):
    """Tests that do not exist, and counterexamples that are no single test."""
    for name in (*claim.test, *claim.counterexample):
        place = locate(name, ROOT) if re.match(r"tests/test_\w+\.py(?:::test_\w+)?$", name) else None
        if place is None:
            yield f"there is no test {name}"
        elif name in claim.counterexample and not place.name:
            yield f"{name} is a file; a counterexample is one test"


def faults_of_propositions(claim, known=PROPOSITIONS):
    """Propositions that do not exist, or suppose more, or less, than the verdict says."""
    for name in claim.propositions:
        if name not in known:
            yield f"there is no proposition {name}"
        elif claim.verdict == "holds":
            for label, hypothesis in known[name].hypotheses.items():
                if not is_range(hypothesis):
                    yield f"it holds, yet {name} supposes more than the range of a letter: {label}"
    if claim.verdict == "holds if" and not any(known[name].hypotheses for name in claim.propositions if name in known):
        yield "it holds if something, yet no proposition supposes anything"


def faults(claim):
    """All that is wrong with a claim."""
    kinds = (faults_of_chapters, faults_of_labels, faults_of_code, faults_of_tests, faults_of_propositions)
    return [*claim.faults, *(fault for kind in kinds for fault in kind(claim))]
