"""The same work on a Dask cluster: a local one, or one whose scheduler is named.

Inside a worker a task has a process of its own, as it has here.  What a cluster adds is that a whole worker
may die; Dask then gives its tasks to another.
"""

from __future__ import annotations

import logging
import pickle
from asyncio import CancelledError
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import Any, Final, TypeVar
from uuid import uuid4

from analyzer.batch.engine import Outcomes
from analyzer.batch.fingerprint import program
from analyzer.batch.isolation import CRASHED, Bounds, Done, StartError, no_interrupts
from analyzer.errors import error

Task = TypeVar("Task")
Made = TypeVar("Made")

_AHEAD: Final = 3  # tasks by thread of the cluster that are on their way at the same time
_LEAST_AHEAD: Final = 8
_PATIENCE: Final = 30  # seconds in which a cluster must answer


class Cluster:
    """Does the work on a Dask cluster.

    Parameters
    ----------
    scheduler : str or None
        Its address; a cluster on this machine where None.
    workers : int
        Of a cluster on this machine.
    bounds : Bounds
    warm : callable
        See `analyzer.batch.isolation.Slot`.

    Raises
    ------
    ShupingError
        Code ``dask`` where it is not installed.
    """

    def __init__(
        self,
        scheduler: str | None,
        workers: int,
        bounds: Bounds,
        warm: Callable[[], object],
    ) -> None:
        try:
            self._dask: Any = import_module("dask")
            self._distributed: Any = import_module("distributed")
        except ImportError:
            raise error("dask") from None
        self._scheduler = scheduler
        self._workers = workers
        self._bounds = bounds
        self._warm = warm

    def each(self, work: Callable[[Task], Made], tasks: Iterable[Task]) -> Outcomes[Made]:
        """See `analyzer.batch.engine.Engine`."""
        with ExitStack() as stack:
            client = stack.enter_context(self._client())
            ahead = max(_LEAST_AHEAD, _AHEAD * sum(self._threads(client).values()))
            run = stack.enter_context(self._equipped(client))
            suspects: list[tuple[int, Task]] = []
            numbered = enumerate(tasks)
            for number, task, came in self._results(client, run, work, numbered, ahead):
                if came == CRASHED:
                    suspects.append((number, task))
                else:
                    yield number, self._done(came)
            for number, _, came in self._results(client, run, work, iter(suspects), 1):
                yield number, self._done(came)

    def _done(self, came: Done[Made] | str) -> Done[Made]:
        return Done(failure=self._bounds.failure(came)) if isinstance(came, str) else came

    @contextmanager
    def _client(self) -> Iterator[Any]:
        """Give a client of the cluster, with all that was started for it ended afterwards."""
        distributed = self._distributed
        quiet = {"distributed.admin.large-graph-warning-threshold": "1GB"}
        with self._dask.config.set(quiet), ExitStack() as stack:
            logging.getLogger("distributed").setLevel(logging.CRITICAL)
            with no_interrupts():
                address = self._scheduler
                if address is None:
                    address = stack.enter_context(
                        distributed.LocalCluster(
                            n_workers=self._workers,
                            threads_per_worker=1,
                            memory_limit=0,
                            dashboard_address="127.0.0.1:0",
                            silence_logs=logging.CRITICAL,
                        )
                    )
                try:
                    client = stack.enter_context(
                        distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
                    )
                    client.wait_for_workers(1, timeout=_PATIENCE)
                except (OSError, ValueError, TimeoutError) as reason:
                    raise error(
                        "cluster", detail=f"{self._scheduler or '本机'}：{type(reason).__name__}"
                    ) from reason
            yield client

    def _threads(self, client: Any) -> dict[str, int]:
        """Return the threads of each worker, once it is known that all run this program."""
        try:
            programs = client.run(program)
        except Exception as reason:
            raise error("cluster", detail=f"工作机上运行不了 shuping（{type(reason).__name__}）") from reason
        strange = [worker for worker, other in programs.items() if other != program()]
        if strange:
            raise error("cluster", detail=f"{'、'.join(strange)} 上的 shuping 与本机的不是同一版本")
        threads: dict[str, int] = client.nthreads()
        return threads

    @contextmanager
    def _equipped(self, client: Any) -> Iterator[str]:
        """Send all workers, also those that come later, what they need; give the name of the run."""
        from analyzer.batch.on_worker import Means

        run = f"shuping-{uuid4().hex}"
        client.register_plugin(Means(run, self._bounds, self._warm), name=run)
        try:
            yield run
        finally:
            with suppress(OSError, TimeoutError):  # a cluster that has gone
                client.unregister_worker_plugin(run)

    def _results(
        self,
        client: Any,
        run: str,
        work: Callable[[Task], Made],
        numbered: Iterator[tuple[int, Task]],
        ahead: int,
    ) -> Iterator[tuple[int, Task, Done[Made] | str]]:
        """Yield what came of each task, so many being on their way at a time."""
        from analyzer.batch.on_worker import do

        under_way: dict[Any, tuple[int, Task]] = {}
        coming = self._distributed.as_completed(loop=client.loop)

        def send() -> None:
            for number, task in numbered:
                parcel = pickle.dumps((work, task))  # so that Dask does not search it for futures
                future = client.submit(do, run, parcel, pure=False)
                under_way[future] = number, task
                coming.add(future)
                return

        for _ in range(ahead):
            send()
        for future in coming:
            number, task = under_way.pop(future)
            yield number, task, self._taken(future)
            send()

    def _taken(self, future: Any) -> Done[Made] | str:
        try:
            came: Done[Made] | str = future.result()
        except self._distributed.KilledWorker:
            return CRASHED
        except StartError as reason:
            raise reason.failure from None
        except CancelledError as reason:
            raise error("cluster", detail="与调度器的连接断了") from reason
        finally:
            future.release()
        return came
