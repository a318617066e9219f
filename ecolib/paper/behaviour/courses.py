"""The words for what firms do and what becomes of it: paradigms, courses, and the reaches that part them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

__all__ = ["Course", "Paradigm", "Thresholds", "named"]


class Paradigm(Enum):
    """How a firm innovates; the position of a member is its place in payoffs and shares."""

    LINEAR = "linear"
    INTEGRATED = "integrated"
    OPEN = "open"


class Course(Enum):
    """What happens to behaviour while the reach of the network rises."""

    SUCCESSION = "succession"
    LEAPFROGGING = "leapfrogging"
    STALL_INTEGRATED = "stall at integrated"
    STALL_LINEAR = "stall at linear"


@dataclass(frozen=True)
class Thresholds:
    """Reach at which two paradigms pay alike, dimensionless; beyond 1 it is never attained.

    Main attributes:
        e_LI : integrated innovation beats linear innovation from here on
        e_LO : open innovation beats linear innovation from here on
        e_IO : open innovation beats integrated innovation from here on
    """

    e_LI: Any
    e_LO: Any
    e_IO: Any


def named(members: tuple[Enum, ...], codes: Any) -> Any:
    """Members of an enumeration by position."""
    return np.frompyfunc(lambda code: members[code], 1, 1)(codes)
