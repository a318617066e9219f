"""A live figure: the formulas of `ecolib` in the reader's browser, with controls, and without Python.

An **explorer** is what a page needs and nothing else: controls, formulas that are printed as JavaScript, a table of
names and constants, the script that turns numbers into curves and sentences, and a **twin**: a still figure of the
first state, for paper and for browsers without scripts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any

from matplotlib.figure import Figure

from ecolib.explorer.controls import Control
from ecolib.explorer.page import page, still
from ecolib.explorer.printing import Formula, javascript

__all__ = ["Explorer"]

PURE = ("numbers.js", "state.js", "drawing.js")
"""Scripts that all explorers share and that know no page."""


@dataclass(frozen=True, eq=False)
class Explorer:
    """A live figure; as the last value of a notebook cell it shows itself.

    Main attributes:
        name : what it is called in addresses, ``"two-units"``
        title : what it is called on the page
        controls : the numbers that the reader may change

    Other attributes:
        functions : formulas by name, each with its letters (:func:`~ecolib.explorer.printing.javascript`)
        table : names and constants that the script reads, anything that JSON can hold
        file : the script of this explorer in ``scripts``
        twin : draws the first state on a matplotlib figure
        alt : the twin in words

    Example:
        >>> from ecolib import explorer
        >>> explorer.two_units().defaults["a1"]
        0.3
    """

    name: str
    title: str
    controls: tuple[Control, ...]
    functions: Mapping[str, Formula] = field(repr=False)
    table: Mapping[str, Any] = field(repr=False)
    file: str = field(repr=False)
    twin: Callable[[Figure], object] = field(repr=False)
    alt: str = field(repr=False)

    @property
    def defaults(self) -> dict[str, float]:
        """The numbers of the first state, by control."""
        return {control.name: float(control.default) for control in self.controls}

    @cached_property
    def code(self) -> str:
        """The script without what touches a page: helpers, ``compute``, the printed formulas ``f``, ``table``."""
        constants: dict[str, Any] = {
            "name": self.name,
            "controls": [{**vars(control), "words": control.words} for control in self.controls],
            "table": self.table,
        }
        given = [f"const {key} = {_json(value)};" for key, value in constants.items()]
        return "\n".join([*map(script, (*PURE, self.file)), f"const f = {javascript(self.functions)};", *given])

    @cached_property
    def html(self) -> str:
        """Markup, style and script of the live figure: it needs no other file and asks no network."""
        code = "\n".join([self.code, script("live.js")])
        if "</script" in code.lower():
            raise ValueError(f"the script of {self.name} would end itself")
        return page(self.name, self.title, self.controls, still(self.twin), self.alt, script("style.css"), code)

    def _repr_html_(self) -> str:
        return self.html


def script(name: str) -> str:
    """The text of a script or style of the package, without comments and empty lines."""
    lines = (files("ecolib.explorer") / "scripts" / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("//"))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).replace("</", "<\\/")
