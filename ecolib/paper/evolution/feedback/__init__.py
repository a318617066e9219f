"""The feedback: units become alike by working together, while newcomers keep them different.

- ``model`` states the equations; ``reduced`` boils their equilibria down to one curve, ``turning`` finds its folds,
  ``cusps`` where folds are born, ``states`` all equilibria, ``tipping`` the critical intensities and the loop.
- ``ramps`` and ``pushes`` move transfer in time; ``noise``, ``waiting`` and ``passage`` add luck.
- ``theorems`` and ``smooth`` hold what is proved; they need the solvers and are imported by path.
"""
