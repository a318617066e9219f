"""Fuzz for a budget of CPU time: `PYTHONPATH=tests python -m fuzz --seconds 600`."""

import argparse
import secrets
import sys
from pathlib import Path

from fuzz.runs import Tally, in_turn
from fuzz.targets import targets

KEPT = Path(__file__).parents[2] / "_build" / "fuzz"


def main() -> int:
    """Run, print a table, keep the failing calls; 1 when there are any."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600, help="CPU time, 600 unless said otherwise")
    options.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="that of a run to be repeated")
    options.add_argument("--examples", type=int, default=8, help="calls of a target in each round")
    options.add_argument("--only", default="", help="part of the names of the targets")
    given = options.parse_args()
    chosen = [target for target in targets() if given.only in target.name]
    say(f"{len(chosen)} targets, {given.seconds:g} s of CPU, --seed {given.seed} --examples {given.examples}")
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.txt"):
        old.unlink()
    found = in_turn(chosen, seconds=given.seconds, seed=given.seed, examples=given.examples, report=say, keep=keep)
    say(table(found))
    return int(any(tally.faults for tally in found.values()))


def say(line: str) -> None:
    """Show progress at once."""
    print(line, flush=True)


def table(found: dict[str, Tally]) -> str:
    """A line for each target, and the sums."""
    rows = [f"{'target':72} calls refused  worst s"]
    rows += [
        f"{name:72} {t.calls:5} {t.refusals:7} {t.worst:8.2f}{'  FAULT' * bool(t.faults)}" for name, t in found.items()
    ]
    calls, refusals = sum(t.calls for t in found.values()), sum(t.refusals for t in found.values())
    faults, worst = sum(bool(t.faults) for t in found.values()), max(t.worst for t in found.values())
    return "\n".join(
        [*rows, f"{calls} calls, {refusals} refused, at most {worst:.2f} s, {faults} targets with a fault"]
    )


def keep(name: str, fault: str) -> None:
    """Write the smallest failing call of a target down as soon as it is known."""
    (KEPT / f"{name}.txt").write_text(fault, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
