"""The markup of an explorer: controls, figure, summary, and the still twin."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from io import BytesIO

from matplotlib.figure import Figure

from ecolib.explorer.controls import Control
from ecolib.figures import style

__all__ = ["marked", "page", "still"]

ENCODED = {ord(one): f"%{ord(one):02X}" for one in '%#<>&"'}
"""What an image that holds itself cannot have in its address as it is."""


def page(name: str, title: str, controls: Sequence[Control], twin: str, alt: str, style_sheet: str, code: str) -> str:
    """Put a live figure together; without its script only the twin is seen."""
    return f"""<div class="ecolib-explorer" data-explorer="{escape(name)}" role="group" aria-label="{escape(title)}">
<style>
{style_sheet}
</style>
<p class="explorer-title">{escape(title)}</p>
<div class="explorer-live" hidden>
<div class="explorer-controls">
{"".join(map(_control, controls))}</div>
<p class="explorer-note" role="alert"></p>
<div class="explorer-figure"></div>
<p class="explorer-summary" role="status"></p>
<div class="explorer-rows" role="region" aria-label="{escape(title)}: numbers" tabindex="0" hidden></div>
<p class="explorer-buttons"><button type="button" class="explorer-reset">Reset</button>
<button type="button" class="explorer-copy">Copy link</button></p>
</div>
<div class="explorer-static"><img src="{twin}" alt="{escape(alt)}"></div>
<script type="module">
{code}
</script>
</div>"""


def _control(one: Control) -> str:
    """A slider and a field for the same number."""
    limits = f'min="{one.least:g}" max="{one.most:g}" value="{one.default:g}"'
    unit = f' <span class="explorer-unit">{escape(one.unit)}</span>' if one.unit else ""
    return f"""<div class="explorer-control">
<label><span>{escape(one.label)}, {marked(one.symbol)}</span>
<input type="range" name="{one.name}" {limits} step="{one.step:g}"></label>
<span class="explorer-value"><input type="number" name="{one.name}-number" {limits} step="any"
aria-label="{escape(one.words)} as a number">{unit}</span>
</div>
"""


def marked(symbol: str) -> str:
    """A letter in italics, with its index below the line.

    Example:
        >>> marked("a_1")
        '<var>a<sub>1</sub></var>'
    """
    letter = re.sub(r"_(.+)", r"<sub>\1</sub>", escape(symbol))
    return f"<var>{letter}</var>" if letter else ""


def still(draw: Callable[[Figure], object]) -> str:
    """A drawing as the address of an image that holds itself; the same bytes on every run."""
    drawn = BytesIO()
    with style():
        figure = Figure()
        draw(figure)
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    text = " ".join(drawn.getvalue().decode().partition("<svg")[2].split()).replace('"', "'")
    return f"data:image/svg+xml,{('<svg ' + text).translate(ENCODED)}"
