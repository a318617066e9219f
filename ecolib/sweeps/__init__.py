"""Sweeps: a function at every point of a grid of parameters, for as long as that takes.

A **grid** names the parameters and lists their values; a **point** is one choice of all. The points are numbered as
the grid is written, the last parameter fastest, and computed in **chunks** of neighbours. A **store** is a folder that
keeps every finished chunk, so that a run that was killed goes on where it stopped. A **fault** is the message of a
point at which the function failed.

Results are datasets of xarray (the extra ``sweeps``), with units, and attributes that say what computed them.
"""

from ecolib.sweeps.run import UnfinishedSweep, sweep
from ecolib.sweeps.store import load

__all__ = ["UnfinishedSweep", "load", "sweep"]
