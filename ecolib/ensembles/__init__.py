r"""Many paths at once.

A **batch** is many paths of one model, each with its own numbers and start; a **chunk** is as many of them as are
followed together. An **engine** follows a chunk: it takes logarithms of saturations, :math:`y_i = \ln (x_i / K_i)`,
to the times asked for. All engines are given the same equations, compiled from the expressions of the model, and
what is done with the paths (chunks, endings, steady states) does not depend on the engine.

- ``scipy``: path by path, as :func:`~ecolib.simulation.simulate` does; always there.
- ``heyoka``: Taylor series of high order, several paths in the lanes of a vector register, and a thread for each
  processor, at most ``OMP_NUM_THREADS`` of them (extra ``speed``).
"""

from ecolib.ensembles.engines import ENGINES, installed

__all__ = ["ENGINES", "installed"]
