"""Doing pieces of work here, on several cores, or on whatever joblib is told to use."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from analysis.extras import required

Piece = TypeVar("Piece")
Result = TypeVar("Result")


def spread(work: Callable[[Piece], Result], pieces: Sequence[Piece], *, workers: int) -> Iterator[Result]:
    """Return what `work` gives for each of `pieces`, as each is done, so in no fixed order.

    Parameters
    ----------
    work : a function of a module, so that other processes can find it.
    pieces : what it is called with.
    workers : 1 works in this process and needs no joblib; more are joblib's `n_jobs`, -1 for all cores. The
        backend is the one that `joblib.parallel_config` names around the call, such as "dask".

    Returns
    -------
    An iterator of results.

    Raises
    ------
    ValueError
        For 0 workers, or fewer than -1.
    """
    if workers < -1 or workers == 0:
        raise ValueError(f"workers: {workers}, expected 1 or more, or -1 for all cores")
    return map(work, pieces) if workers == 1 else _by_joblib(work, pieces, workers)


def _by_joblib(work: Callable[[Piece], Result], pieces: Sequence[Piece], workers: int) -> Iterator[Result]:
    joblib = required("joblib", extra=None)
    parallel = joblib.Parallel(n_jobs=workers, return_as="generator_unordered")
    results: Iterator[Result] = parallel(joblib.delayed(work)(piece) for piece in pieces)
    return results
