"""One call of a target: sensible throughout, or with up to two arguments that are corners or hostile."""

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import Parameter
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fuzz.arguments import owners, sensible
from fuzz.odd import CORNERS, HOSTILE
from fuzz.targets import Target

ALWAYS = {"seconds", "timeout", "limits", "horizon", "points", "groups", "size", "terms", "steps", "progress"}
"""Never left to their defaults, which are for long runs."""


@dataclass(frozen=True)
class Call:
    """A target, the object that it is a method or property of, and its arguments."""

    target: Target
    owner: Any
    given: Mapping[str, Any]

    def __call__(self) -> Any:
        """Do it."""
        word = self.target.name.rpartition(".")[2]
        if self.target.read:
            return getattr(self.owner, word)
        what = getattr(self.owner, word) if self.target.owner else self.target.what
        kinds = {parameter.name: parameter.kind for parameter in self.target.parameters}
        if Parameter.VAR_POSITIONAL not in kinds.values():
            return what(**self.given)
        first = [value for name, value in self.given.items() if kinds[name] is Parameter.POSITIONAL_OR_KEYWORD]
        many = [value for name, value in self.given.items() if kinds[name] is Parameter.VAR_POSITIONAL]
        return what(*first, *(many[0] if many else ()))

    def __repr__(self) -> str:
        arguments = ", ".join(f"{name}={value!r}" for name, value in self.given.items())
        return f"{self.target.name}({arguments})" + (f" of {self.owner!r}" if self.owner is not None else "")


@st.composite
def calls(draw: Any, target: Target) -> Call:
    """Calls of a target."""
    owner = good(draw, owners(target)) if target.owner else None
    names = [parameter.name for parameter in target.parameters]
    temper = draw(st.sampled_from((None, CORNERS, HOSTILE)) if names else st.none())
    odd = draw(st.sets(st.sampled_from(names), min_size=1, max_size=2)) if temper is not None else ()
    given: dict[str, Any] = {}
    for parameter in target.parameters:
        name, must = parameter.name, parameter.default is Parameter.empty or parameter.name in ALWAYS
        if name in odd and temper is not None:
            entry = draw(temper)
            given[name] = (entry,) if parameter.kind is Parameter.VAR_POSITIONAL else entry
        elif must or draw(st.booleans()):
            given[name] = good(draw, sensible(target, parameter))
    return Call(target, owner, given)


def good(draw: Any, strategy: SearchStrategy[Any]) -> Any:
    """A good one; a draw whose parts do not fit together is no draw."""
    try:
        return draw(strategy)
    except (ValueError, TypeError) as misfit:
        if type(misfit).__module__.startswith("hypothesis"):
            raise
    assume(condition=False)
    raise AssertionError
