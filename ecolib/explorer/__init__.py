"""Live figures for pages that need no Python: the formulas of `ecolib`, printed as JavaScript, with controls.

An explorer shows itself as the last value of a notebook cell, in the book as in Jupyter::

    from ecolib import explorer
    explorer.two_units()
"""

from ecolib.explorer.course import path
from ecolib.explorer.explorer import Explorer
from ecolib.explorer.pair import two_units
from ecolib.explorer.policy import policy
from ecolib.explorer.tipping import tipping

__all__ = ["Explorer", "path", "policy", "tipping", "two_units"]
