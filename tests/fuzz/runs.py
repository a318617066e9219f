"""Runs: some examples of one target, or of all of them in turn until a budget is spent."""

import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import chdir
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

import hypothesis
import matplotlib.pyplot as plt
from hypothesis import HealthCheck, given, settings

from fuzz.answers import NAN
from fuzz.calls import Call, calls
from fuzz.judge import Hang, documented, verdict
from fuzz.targets import Target

LONGEST = 20.0
"""CPU time that one call may take, in seconds."""


@dataclass
class Tally:
    """What came of the calls of one target."""

    calls: int = 0
    refusals: int = 0
    worst: float = 0.0
    faults: list[str] = field(default_factory=list)


def fuzz(target: Target, tally: Tally, *, examples: int, seed: int | None = None) -> None:
    """Draw and judge some calls, and raise the first fault, made small. Without a seed the draws are the same."""
    raises = documented(target.words)
    short = {target.name.rpartition(".")[2], ".".join(target.name.split(".")[-2:])}

    def once(call: Call) -> None:
        plt.close("all")  # what others have drawn is not drawn upon
        began = time.process_time()
        try:
            answered = verdict(call, raises=raises, nan=bool(short & NAN.keys()), seconds=LONGEST)
        except Hang as hang:
            raise Hang(f"{hang}: {call!r}") from hang
        tally.calls += 1
        tally.refusals += not answered
        tally.worst = max(tally.worst, time.process_time() - began)

    run = given(call=calls(target))(once)
    about = settings(
        max_examples=examples,
        derandomize=seed is None,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )(run if seed is None else hypothesis.seed(seed)(run))
    with TemporaryDirectory() as place, chdir(place):  # a path that is given by chance leads nowhere
        about()


def in_turn(
    targets: Iterable[Target],
    *,
    seconds: float,
    seed: int,
    examples: int,
    report: Callable[[str], None],
    keep: Callable[[str, str], None],
) -> dict[str, Tally]:
    """All targets round by round, each round with seeds of its own; a target with a fault is not asked again."""
    tallies = {target: Tally() for target in targets}
    began, rounds, said = time.process_time(), 0, 0.0
    while time.process_time() - began < seconds and not all(tally.faults for tally in tallies.values()):
        for place, (target, tally) in enumerate(tallies.items()):
            spent = time.process_time() - began
            if tally.faults or spent >= seconds:
                continue
            if spent >= said:
                said = spent + 20
                report(f"{spent:5.0f} s, round {rounds + 1}, {sum(t.calls for t in tallies.values())} calls")
            try:
                fuzz(target, tally, examples=examples, seed=seed + rounds * 100_000 + place)
            except (Exception, Hang) as fault:
                tally.faults.append("".join(traceback.format_exception(fault)))
                keep(target.name, tally.faults[-1])
                report(f"FAULT {target.name}: {fault}")
        rounds += 1
    return {target.name: tally for target, tally in tallies.items()}
