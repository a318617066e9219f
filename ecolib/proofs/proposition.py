"""A proposition: definitions, hypotheses, claim, and the means to check it by machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from ecolib.proofs.inputs import check_point, check_statement, check_text, labelled, several
from ecolib.proofs.questions import dropping, existence, refutations
from ecolib.proofs.records import Check, Necessity, Part, Proof
from ecolib.proofs.search import TIMEOUT, Example, search, search_in_turn
from ecolib.proofs.statements import Point, letters_of, obeys

__all__ = ["Proposition"]


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Proposition:
    """A theorem about real numbers: where the definitions and all hypotheses hold, the claim holds.

    Everything is polynomial with rational coefficients; a quotient is multiplied out, a root is a letter that
    ``where`` defines. **Solvers see no assumption of a symbol**: every letter runs through all real numbers, and what
    a proof needs stands in the hypotheses. Symbols that assume more than ``real=True`` are therefore refused;
    :func:`~ecolib.proofs.statements.as_reals` frees an expression of them.

    Args:
        name: a short name.
        hypotheses: statements that can be dropped one by one, by label; without labels, each is its own label.
        claim: relations joined by And, Or, Not, Implies, Equivalent.
        where: definitions of letters, such as ``Eq(u_1, 1 + a*u_2)`` or ``q >= 0, Eq(q**2, s**2 + c**2)``; never
            dropped.
        statement: one plain sentence.
        known: for some labels, a point known to break the claim without that hypothesis; it is then verified
            instead of searched for.

    Raises:
        TypeError: for anything but sympy statements; strings are never read as relations.
        ValueError: for a statement that is already true or false, is not polynomial, or holds a float; for two
            symbols of one name, a label used twice, an unknown label or an incomplete point in ``known``.

    Example:
        >>> a, b, u_1, u_2 = sp.symbols("a b u_1 u_2", real=True)
        >>> gain = Proposition(
        ...     "gain follows coefficient",
        ...     {"stable": 1 - a * b > 0, "unit 2 lives": u_2 > 0},
        ...     sp.Equivalent(u_1 > 1, a > 0),
        ...     where=(sp.Eq(u_1, 1 + a * u_2), sp.Eq(u_2, 1 + b * u_1)),
        ... )
        >>> gain.prove()
        <gain follows coefficient: proved, by z3>
        >>> gain.check().faults
        ("hypothesis 'stable' is redundant",)
        >>> bool(gain.without("stable").check())
        True
    """

    name: str
    hypotheses: Mapping[str, Boolean]
    claim: Boolean
    where: tuple[Boolean, ...]
    statement: str
    known: Mapping[str, Point]

    def __init__(
        self,
        name: str,
        hypotheses: Mapping[str, Boolean] | Iterable[Boolean],
        claim: Boolean,
        where: Iterable[Boolean] = (),
        statement: str = "",
        *,
        known: Mapping[str, Mapping[sp.Symbol, Any]] | None = None,
    ) -> None:
        fields = {
            "name": check_text("name", name),
            "hypotheses": MappingProxyType(labelled(hypotheses)),
            "claim": claim,
            "where": several("where", where),
            "statement": check_text("statement", statement, empty=True),
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)
        self._check_statements()
        object.__setattr__(self, "known", MappingProxyType(self._exact_points({} if known is None else known)))

    def _check_statements(self) -> None:
        for label, hypothesis in self.hypotheses.items():
            check_statement(f"hypothesis {label!r}", hypothesis)
        for number, definition in enumerate(self.where):
            check_statement(f"where[{number}]", definition)
        check_statement("claim", self.claim)
        letters_of((*self.where, *self.hypotheses.values(), self.claim))

    def _exact_points(self, known: Mapping[str, Mapping[sp.Symbol, Any]]) -> dict[str, Point]:
        if not isinstance(known, Mapping):
            raise TypeError(f"known must map labels to points, got {known!r}")
        for label in known:
            self._require_label(label)
        letters = self.letters
        return {label: check_point(f"the point known for {label!r}", known[label], letters) for label in known}

    def _require_label(self, label: str) -> None:
        if label not in self.hypotheses:
            labels = ", ".join(map(repr, self.hypotheses)) or "none"
            raise ValueError(f"no hypothesis is labelled {label!r}; the labels are {labels}")

    @property
    def letters(self) -> tuple[sp.Symbol, ...]:
        """Every letter, by name."""
        return letters_of((*self.where, *self.hypotheses.values(), self.claim))

    def without(self, label: str) -> Proposition:
        """The bolder proposition that lacks one hypothesis; known counterexamples are not carried over.

        Raises:
            ValueError: for an unknown label.
        """
        label = check_text("label", label)
        self._require_label(label)
        fewer = {other: hypothesis for other, hypothesis in self.hypotheses.items() if other != label}
        return Proposition(f"{self.name}, without {label}", fewer, self.claim, self.where, self.statement)

    @property
    def smtlib(self) -> str:
        """The questions in SMT-LIB 2, for any solver: the claim is proved when every answer is "unsat"."""
        return "\n(reset)\n".join(query.text() for _, query in refutations(self)) + "\n"

    def prove(self, *, timeout: float = TIMEOUT) -> Proof:
        """Ask the solvers for a point where the hypotheses hold and the claim fails, part by part.

        Args:
            timeout: seconds for all parts together; time that one part does not use passes on to the next.

        Raises:
            ImportError: when z3 or cvc5 is not installed (extra ``proofs``).
        """
        parts = refutations(self)
        searches = search_in_turn([query for _, query in parts], seconds=timeout)
        return Proof(self.name, tuple(Part(claim, found) for (claim, _), found in zip(parts, searches, strict=True)))

    def witness(self, *, timeout: float = TIMEOUT) -> Example:
        """A point where definitions and hypotheses hold, so that the proposition is about something.

        The outcome "none" is a proof that they contradict each other; the proposition then says nothing.
        """
        return search(existence(self), seconds=timeout)

    def counterexamples(self, *, timeout: float = TIMEOUT) -> Necessity:
        """For every hypothesis, a point where the others hold, and it and the claim fail.

        Where there is none the hypothesis is redundant. (Of two hypotheses that are redundant one by one, both can
        still not be dropped together: each may follow from the other.)

        Raises:
            ValueError: when a known counterexample is none.
        """
        examples = {label: self._verified(label) for label in self.known}
        unknown = [label for label in self.hypotheses if label not in self.known]
        searches = search_in_turn([dropping(self, label) for label in unknown], seconds=timeout)
        examples |= dict(zip(unknown, searches, strict=True))
        return Necessity({label: examples[label] for label in self.hypotheses})

    def check(self, *, timeout: float = TIMEOUT) -> Check:
        """Proof, witness and counterexamples together.

        Args:
            timeout: seconds for each of the three.
        """
        proof, witness = self.prove(timeout=timeout), self.witness(timeout=timeout)
        return Check(self.name, proof, witness, self.counterexamples(timeout=timeout))

    def _verified(self, label: str) -> Example:
        """The known counterexample, after putting it into every statement."""
        for remark, statement in dropping(self, label).statements:
            if not obeys(statement, self.known[label]):
                raise ValueError(f"the point known for {label!r} is no counterexample; there fails: {remark}")
        return Example("found", self.known[label], "author")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by the arguments; a read-only mapping has no pickle of its own."""
        known = {label: dict(point) for label, point in self.known.items()}
        given = (self.name, dict(self.hypotheses), self.claim, self.where, self.statement)
        return partial(Proposition, known=known), given

    def __repr__(self) -> str:
        hypotheses = "; ".join(map(str, self.hypotheses.values()))
        return f"<{self.name}: if {hypotheses or 'nothing'} then {self.claim}>"

    def _repr_markdown_(self) -> str:
        where = [f"where ${sp.latex(definition)}$" for definition in self.where]
        hypotheses = [f"if ${sp.latex(hypothesis)}$ ({label})" for label, hypothesis in self.hypotheses.items()]
        items = "".join(f"\n- {item}" for item in (*where, *hypotheses, f"then ${sp.latex(self.claim)}$"))
        return f"**{self.name}.** {self.statement}\n{items}"
