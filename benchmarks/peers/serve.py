"""What every worker of a peer does: it solves its task when asked, and says in lines of JSON how long that took.

``python WORKER TASK.npz ANSWER.npy [OPTION ...]``: the first line has the seconds of preparing and of the first call,
each line on standard input asks for one more call, and the last states are written when the input ends.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Solve = Callable[[], Any]
"""Returns states of shape (paths, times, units)."""

LETTERS = [(i, j) for i in range(3) for j in range(3) if i != j]
"""Places of the coefficients of three units."""


def flat(task: dict[str, Any]) -> Any:
    """Parameters by path: r, K, and the coefficients as LETTERS has them."""
    return np.concatenate(
        [task["r"], task["K"], np.stack([task["alpha"][:, i, j] for i, j in LETTERS], axis=1)], axis=1
    )


def rates(x: Any, p: Any) -> list[Any]:
    """The field of three units, from what stands for numbers in a peer; parameters as :func:`flat` has them."""
    u = [x[i] / p[3 + i] for i in range(3)]
    helped = [sum(p[6 + k] * u[j] for k, (at, j) in enumerate(LETTERS) if at == i) for i in range(3)]
    return [p[i] * x[i] * (1 - u[i] + helped[i]) for i in range(3)]


def serve(prepare: Callable[[dict[str, Any]], Solve]) -> None:
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what compilers print

    def say(**line: Any) -> None:
        print(json.dumps(line), file=out, flush=True)

    task = dict(np.load(sys.argv[1]))
    start = time.perf_counter()
    solve = prepare(task)
    states = solve()
    say(first=time.perf_counter() - start)
    for _ in sys.stdin:
        start = time.perf_counter()
        states = solve()
        say(seconds=time.perf_counter() - start, megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    if "early" in task:  # states that errors are wanted of, too, outside of what is timed
        states = np.concatenate([prepare(task | {"times": task["early"]})(), states], axis=1)
    np.save(sys.argv[2], np.asarray(states))
