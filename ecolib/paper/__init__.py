"""The source paper, formalised: one module per section, and the ledger of its claims."""
