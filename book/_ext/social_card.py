"""The picture that is shown where somebody shares a page: the title beside the path from inhibition to mutualism."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from execution_cache import package_folder

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

CARD = "social_card.png"
ALT = (
    "The title of the book beside a line chart: as heterogeneity falls, the gains of leader and follower rise from "
    "below zero and meet."
)
WIDTH, HEIGHT, DOTS = 12.0, 6.3, 100
"""1200 by 630 points, the form that sites ask for."""
BACKGROUND, INK, RULE = "#f7fafb", "#12343b", "#0b6e8a"


def drawable() -> bool:
    """Say whether the package has figures; the stand-in of a test has none."""
    return (package_folder() / "figures").is_dir()


def draw(path: Path, title: str) -> None:
    """Draw the card; the same title gives the same bytes."""
    import matplotlib as mpl

    with mpl.rc_context():
        mpl.rcdefaults()  # whatever was set before, the card is the same
        _drawn(title).savefig(path, dpi=DOTS, metadata={"Software": None})


def _drawn(title: str) -> Figure:
    """The card: the title at the left, the diagram at the right."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DOTS, facecolor=BACKGROUND)
    FigureCanvasAgg(figure)
    figure.add_artist(_rule(figure))
    words = textwrap.fill(title, 14)
    figure.text(0.06, 0.62, words, fontsize=38, color=INK, weight="bold", va="center", linespacing=1.3)
    figure.text(0.06, 0.2, "An executable book on\ninnovation symbiosis", fontsize=20, color=INK, va="center")
    _diagram(figure)
    return figure


def _rule(figure: Figure) -> Rectangle:
    """A bar at the left edge, in the colour of the book."""
    from matplotlib.patches import Rectangle

    return Rectangle((0, 0), 0.02, 1, facecolor=RULE, transform=figure.transFigure)


def _diagram(figure: Figure) -> None:
    """The gains of leader and follower, computed by the package."""
    import matplotlib as mpl

    from ecolib import figures
    from ecolib.paper.evolution import Closure

    with mpl.rc_context():
        figures.use_style()
        axes = figure.add_axes((0.47, 0.18, 0.4, 0.66))
        figures.gains_diagram(axes, Closure(s=1.2, c=0.3, omega=1), over="V", bands="shares")
