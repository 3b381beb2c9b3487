"""Goes through many reports, one failure never stopping the rest; processes where there are many."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Generic, TypeVar

from analyzer.batch.submissions import Submission
from analyzer.config import Settings
from analyzer.errors import ShupingError, error
from analyzer.result import Result

if TYPE_CHECKING:
    from analyzer.pipeline import Analyzer

View = TypeVar("View")

# Below this many reports, starting processes takes longer than they save.
ALONE = 24
_CHUNK = 4  # reports that travel to a process together


@dataclass(frozen=True, slots=True)
class Outcome(Generic[View]):
    """What became of one submission: a view of its result, or why there is none.

    Parameters
    ----------
    submission : Submission
    overall : float or None
        The score, None where none was given.
    view : View or None
        What the caller made of the result; None after a failure.
    failure : ShupingError or None
    trace : str
        Where the program failed, if it was the program's fault.
    """

    submission: Submission
    overall: float | None = None
    view: View | None = None
    failure: ShupingError | None = None
    trace: str = ""


def examine(
    submissions: Sequence[Submission],
    settings: Sequence[Settings],
    view: Callable[[Result], View],
    workers: int | None = None,
) -> Iterator[Outcome[View]]:
    """Yield what became of each submission, in order, as soon as it is known.

    Parameters
    ----------
    submissions : sequence of Submission
    settings : sequence of Settings
        Of the analyzer, for each submission.
    view : callable
        Turns a result into what the caller needs, there where the result is made, so that only this
        travels between processes.  Must be picklable.
    workers : int, optional
        Number of processes; by default as many as there are processors, or one for a few submissions.

    Raises
    ------
    ShupingError
        Code ``models`` where the analyzer itself cannot start.
    """
    if workers is None:
        workers = 1 if len(submissions) <= ALONE else os.cpu_count() or 1
    for each in dict.fromkeys(settings):  # before processes part, so that forked ones need not load it again
        _analyzer(each)
    if workers == 1:
        for submission, own in zip(submissions, settings, strict=True):
            yield _one(submission, own, view)
        return
    yield from _in_processes(submissions, settings, view, workers)


def _in_processes(
    submissions: Sequence[Submission],
    settings: Sequence[Settings],
    view: Callable[[Result], View],
    workers: int,
) -> Iterator[Outcome[View]]:
    context = get_context("fork" if sys.platform == "linux" else None)
    pool = ProcessPoolExecutor(workers, context, initializer=_ignore_interrupts)
    done = 0
    try:
        one = partial(_one, view=view)
        for outcome in pool.map(one, submissions, settings, chunksize=_CHUNK):
            done += 1
            yield outcome
    except BrokenProcessPool:
        for submission in submissions[done:]:
            yield Outcome(submission, failure=_internal(submission, "工作进程意外终止"))
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent process, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@cache
def _analyzer(settings: Settings) -> Analyzer:
    from analyzer.pipeline import Analyzer

    return Analyzer(settings)


def _one(submission: Submission, settings: Settings, view: Callable[[Result], View]) -> Outcome[View]:
    analyzer = _analyzer(settings)
    try:
        result = _result(analyzer, submission)
        overall = result.scorecard.overall if result.scorecard else None
        return Outcome(submission, overall, view(result))
    except ShupingError as failure:
        return Outcome(submission, failure=failure)
    except Exception as defect:  # a defect that one report brings to light must not cost the others
        return Outcome(
            submission,
            failure=_internal(submission, type(defect).__name__),
            trace=traceback.format_exc(),
        )


def _result(analyzer: Analyzer, submission: Submission) -> Result:
    if submission.path is not None:
        return analyzer.analyze_file(submission.path)
    from analyzer.reading import read_bytes

    try:
        # Piped text may be in any encoding, like a file's.
        document = read_bytes(submission.data, "stdin.txt")
    except ShupingError as failure:
        raise replace(failure, path=None) from None
    return analyzer.analyze(replace(document, path=None))


def _internal(submission: Submission, detail: str) -> ShupingError:
    return error("internal", submission.path, detail=detail)
