"""Draw the figure of the README: ``python book/_tools/readme_figure.py``."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt

from ecolib import figures
from ecolib.paper.evolution import Closure

PLACE = Path(__file__).parent.parent / "_static" / "readme.png"


def draw(place: Path) -> None:
    """Write the gains along the path of the base case, with the stages as bands."""
    with figures.style():
        figure, ax = plt.subplots(figsize=(7.2, 3.4))
        figures.gains_diagram(ax, Closure(s=1.2, c=0.3, omega=1), over="V", bands="shares")
        figure.savefig(place, dpi=150)
        plt.close(figure)


if __name__ == "__main__":
    draw(PLACE)
