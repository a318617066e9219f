"""Propositions are checked once in a run of the tests, whoever asks."""

from functools import cache

from ecolib.proofs import Check, Proposition


@cache
def checked(proposition: Proposition) -> Check:
    """Proof, witness and counterexamples of a proposition; propositions are told apart as objects."""
    return proposition.check(timeout=60)
