"""Sensible arguments of single functions, by `function:parameter`, where the name alone does not tell them."""

from typing import Any

from hypothesis.strategies import SearchStrategy

from fuzz.own_engine import ENGINE
from fuzz.own_figures import FIGURES
from fuzz.own_paper import PAPER

OWN: dict[str, SearchStrategy[Any]] = {**ENGINE, **PAPER, **FIGURES}
