"""A directed graph of a few named things: boxes at given places and numbered arrows between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from matplotlib.axes import Axes

from ecolib.doors import check_mapping, real, several, words
from ecolib.figures.theme import BACKGROUND, INK, QUIET, UNIT_COLOURS, current

__all__ = ["arrow_diagram"]


def arrow_diagram(
    ax: Axes | None,
    boxes: Mapping[str, tuple[str, tuple[float, float]]],
    arrows: Iterable[tuple[str, str, object]],
) -> Axes:
    """Draw boxes, and arrows between them with their labels; labels of one pair of boxes share one arrow.

    Args:
        ax: where to draw; None for the current axes.
        boxes: name -> text, which may have several lines, and the place of its middle.
        arrows: names of two boxes, from and to, and a short label.

    Raises:
        ValueError: for an arrow from or to an unknown box.

    Example:
        >>> from matplotlib.figure import Figure
        >>> boxes = {"a": ("cause", (0, 0)), "b": ("effect", (1, 0))}
        >>> ax = arrow_diagram(Figure().subplots(), boxes, [("a", "b", 1), ("a", "b", 2)])
        >>> [text.get_text() for text in ax.texts if text.get_text()]
        ['cause', 'effect', '1, 2']
    """
    ax = current(ax)
    labels: dict[tuple[str, str], list[str]] = {}
    check_boxes(boxes)
    for arrow in several("arrows", arrows):
        source, target, label = _three(arrow)
        if unknown := {source, target} - boxes.keys():
            raise ValueError(f"an arrow must join two of {', '.join(boxes)}, got {', '.join(sorted(unknown))}")
        labels.setdefault((source, target), []).append(str(label))
    _frame(ax, [place for _, place in boxes.values()])
    frames = {name: _box(ax, text, place) for name, (text, place) in boxes.items()}
    for (source, target), texts in labels.items():
        ends = {"patchA": frames[source], "patchB": frames[target], "shrinkA": 1, "shrinkB": 2}
        _arrow(ax, boxes[source][1], boxes[target][1], ", ".join(texts), ends)
    return ax


def check_boxes(boxes: object) -> None:
    """Raise unless every name has a text and a place.

    Raises:
        TypeError: when something is of another kind.
        ValueError: when there is no box, or a box is not a text and two numbers.
    """
    check_mapping("boxes", boxes)
    found = dict(boxes)  # type: ignore[call-overload]
    words("the names of boxes", found)
    if not found:
        raise ValueError("there must be at least one box, got none")
    for name, box in found.items():
        parts = several(f"the box {name!r}", box)
        place = several(f"the place of {name!r}", parts[1]) if len(parts) == 2 else ()
        if len(place) != 2 or not isinstance(parts[0], str):
            raise ValueError(f"the box {name!r} must be a text and two numbers, got {box!r:.80}")
        for number in place:
            real(f"the place of {name!r}", number)


def _three(arrow: Any) -> tuple[str, str, object]:
    parts = several("an arrow", arrow)
    if len(parts) != 3:
        raise ValueError(f"an arrow is two names and a label, got {arrow!r:.80}")
    first, second = words("the ends of an arrow", parts[:2])
    return first, second, parts[2]


def _box(ax: Axes, text: str, place: tuple[float, float]) -> Any:
    """A box with its text; what arrows end at."""
    edge = {"facecolor": BACKGROUND, "edgecolor": INK, "boxstyle": "round,pad=0.45", "linewidth": 1.4}
    return ax.text(*place, text, ha="center", va="center", bbox=edge, zorder=2).get_bbox_patch()


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], label: str, ends: dict[str, Any]) -> None:
    """An arrow with its label half-way."""
    ax.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": QUIET, "linewidth": 1.6} | ends, zorder=3)
    ground = {"facecolor": BACKGROUND, "edgecolor": "none", "boxstyle": "round,pad=0.15"}
    look: dict[str, Any] = {"bbox": ground, "color": UNIT_COLOURS[0], "weight": "bold", "zorder": 4}
    ax.text((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, label, ha="center", va="center", **look)


def _frame(ax: Axes, places: list[tuple[float, float]]) -> None:
    """Room for the boxes, and no axes."""
    columns, rows = zip(*places, strict=True)
    ax.set(xlim=(min(columns) - 0.33, max(columns) + 0.33), ylim=(min(rows) - 0.3, max(rows) + 0.3))
    ax.set_axis_off()
