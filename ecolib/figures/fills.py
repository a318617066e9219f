"""One colour per mode, stage and regime, the same on every map and diagram.

Orange harms, yellow benefits one side, blue and green benefit all. **Plain** areas are ways of living together;
**hatched** areas are where it does not come to that (someone dies out, the start decides, outputs grow without bound).
Areas are labelled in place or in a legend, so no reader depends on colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from matplotlib.colors import to_hex, to_rgb

from ecolib.doors import check_hashable
from ecolib.modes import Mode, Stage
from ecolib.regimes import REGIMES

__all__ = ["MODE_COLOURS", "REGIME_COLOURS", "STAGE_COLOURS", "Fill", "fill_of"]


@dataclass(frozen=True)
class Fill:
    """How an area is filled, and what it is called."""

    label: str
    colour: str
    hatch: str = ""

    @property
    def pale(self) -> str:
        """A tint of the colour for a ground behind lines."""
        red, green, blue = (1 - 0.3 * (1 - channel) for channel in to_rgb(self.colour))
        return to_hex((red, green, blue))


Kind: TypeAlias = Mode | Stage | Fill | str

MODE_COLOURS: dict[Mode, str] = {
    Mode.INHIBITION: "#f09068",
    Mode.AMENSALISM: "#f7c6ae",
    Mode.INDEPENDENCE: "#f2f3f4",
    Mode.PARASITISM: "#f2e07a",
    Mode.COMMENSALISM: "#a8e2f5",
    Mode.MUTUALISM: "#62b2ee",
    Mode.MIXED: "#bba6c4",
    Mode.EXCLUSION: "#c3c7cc",
    Mode.BISTABLE: "#ddd2bf",
    Mode.RUNAWAY: "#cfe3f5",
    Mode.UNDECIDED: "#ffffff",
}

STAGE_COLOURS: dict[Stage, str] = {
    Stage.INHIBITION: MODE_COLOURS[Mode.INHIBITION],
    Stage.SINGLE_BENEFIT: MODE_COLOURS[Mode.PARASITISM],
    Stage.BIASED_BENEFIT: MODE_COLOURS[Mode.MUTUALISM],
    Stage.BALANCED_MUTUALISM: "#3fa583",
    Stage.OUTSIDE: MODE_COLOURS[Mode.EXCLUSION],
}

REGIME_COLOURS: dict[str, str] = {
    "coexistence": "#9ad5c0",
    "exclusion": MODE_COLOURS[Mode.EXCLUSION],
    "bistability": MODE_COLOURS[Mode.BISTABLE],
    "unbounded growth": MODE_COLOURS[Mode.RUNAWAY],
    "no point attractor": MODE_COLOURS[Mode.MIXED],
    "undecided": MODE_COLOURS[Mode.UNDECIDED],
}

_HATCHES: dict[str, str] = {
    Mode.EXCLUSION.value: "//",
    Mode.BISTABLE.value: "xx",
    Mode.RUNAWAY.value: "..",
    Mode.UNDECIDED.value: "++",
    Stage.OUTSIDE.value: "//",
    "bistability": "xx",
    "unbounded growth": "..",
    "no point attractor": "oo",
}

BIASED = Fill("biased mutualism", STAGE_COLOURS[Stage.BIASED_BENEFIT])
BALANCED = Fill("balanced mutualism", STAGE_COLOURS[Stage.BALANCED_MUTUALISM])


def fill_of(kind: Kind) -> Fill:
    """The fill of a mode, a stage or a regime (by its name); a :class:`Fill` is its own.

    Raises:
        ValueError: for an unknown kind.

    Example:
        >>> fill_of(Mode.PARASITISM)
        Fill(label='parasitism', colour='#f2e07a', hatch='')
    """
    if isinstance(kind, Fill):
        return kind
    if isinstance(kind, Mode):
        return Fill(kind.value, MODE_COLOURS[kind], _HATCHES.get(kind.value, ""))
    if isinstance(kind, Stage):
        return Fill(kind.value, STAGE_COLOURS[kind], _HATCHES.get(kind.value, ""))
    check_hashable("a kind", kind)
    if kind not in REGIME_COLOURS:
        raise ValueError(f"{kind!r} is not a Mode, a Stage, a Fill or one of the regimes {', '.join(REGIMES)}")
    return Fill(kind, REGIME_COLOURS[kind], _HATCHES.get(kind, ""))
