"""An explorer's script in a JavaScript engine, without a browser."""

import atexit
import json

from py_mini_racer import MiniRacer


class Engine:
    """The pure part of an explorer: helpers, printed formulas, ``compute``."""

    def __init__(self, explorer):
        self.explorer, self.racer = explorer, MiniRacer()
        atexit.register(self.racer.close)  # while the interpreter is whole: later its threads would wait for ever
        self.racer.eval(f"{explorer.code}\n;undefined")

    def eval(self, code):
        """Return the value of an expression; infinite and not-a-number come as null."""
        return json.loads(self.racer.eval(f"JSON.stringify({code})"))

    def f(self, name, *numbers):
        """Return what a printed formula answers; give floats."""
        return self.eval(f"f.{name}({', '.join(map(repr, numbers))})")

    def compute(self, **values):
        """Return what the explorer computes for values of its controls, the others at their defaults."""
        return self.eval(f"compute({json.dumps(self.explorer.defaults | values)}, f, table)")

    def said(self, found):
        """Return the summary of what was computed."""
        return " ".join(found["sentences"])
