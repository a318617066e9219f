"""The whole ledger of propositions proved again: each with its witness and its counterexamples, in several processes.

``python benchmarks/proofs.py [--workers NUMBER] [--repeats TIMES]``
"""

from __future__ import annotations

import argparse
import time
from importlib.metadata import version

from common.harness import interleaved
from common.record import Row, write

from ecolib.paper.appendix import checked_groups


def prove(workers: int) -> int:
    """How many propositions pass; a proposition that does not is an error."""
    groups = checked_groups(workers=workers).values()
    failed = [name for group in groups for name, check in group.checks.items() if not check.passed]
    if failed:
        raise RuntimeError(f"not proved: {', '.join(failed)}")
    return sum(len(group.checks) for group in groups)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    counts = set()

    def seconds(workers: int) -> float:
        start = time.perf_counter()
        counts.add(prove(workers))
        return time.perf_counter() - start

    ways = sorted({1, options.workers})
    found = interleaved({workers: lambda workers=workers: seconds(workers) for workers in ways}, options.repeats)
    (count,) = counts
    task = f"{count} propositions with witnesses and counterexamples"
    names = {workers: f"{workers} process{'es' * (workers > 1)}" for workers in ways}
    write(
        Row("proofs", task, names[workers], "seconds", values, version("ecolib"), names[1])
        for workers, values in found.items()
    )


if __name__ == "__main__":
    main()
