"""The data behind a figure, read off what is drawn, as fingerprints that can be compared.

This package runs inside the kernel that executes a page: ``watch`` looks at every figure just before it is shown. Along
each axis a **fingerprint** holds how many numbers are shown, the least, the greatest, and a checksum for each thing
drawn: a mean weighted by place, in the units of the axis, where what lies far out of sight counts as near. Unlike the
hash of a file, checksums of numbers that differ by a rounding error differ by no more. What is written, and how things
look (colours, kinds of lines and markers, which tell stable from unstable), is kept as a hash.
"""

import json
import resource
import sys
from collections.abc import Callable

from drawn.figures import Drawing, drawing

__all__ = ["drawing", "watch"]


def watch() -> Callable[[], str]:
    """Look at the figures of each cell from now on; what is returned tells what was seen since it was last asked."""
    from IPython.core.getipython import get_ipython

    seen: list[Drawing] = []

    def look() -> None:
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            seen.extend(drawing(pyplot.figure(number)) for number in pyplot.get_fignums())

    def tell() -> str:
        told = json.dumps({"drawings": seen, "peak": peak()})
        seen.clear()
        return told

    get_ipython().events.register("post_execute", look)  # type: ignore[union-attr]
    return tell


def peak() -> float:
    """Return the greatest memory so far of this process or of one that it started, in MiB."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return float(most / (2**20 if sys.platform == "darwin" else 2**10))
