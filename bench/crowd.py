"""Sixteen clients: four processes of four threads, as a small node's web workers are."""

import multiprocessing
import threading
import time
from collections.abc import Callable

PROCESSES, THREADS = 4, 4


def crowd(client: Callable[[str, float], int], seconds: float) -> float:
    """Let every client write for a time; returns deeds a second over all of them."""
    fork = multiprocessing.get_context("fork")
    totals = fork.Queue()
    began = time.monotonic()
    workers = [
        fork.Process(target=_process, args=(client, n, seconds, totals))
        for n in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    total = sum(totals.get() for _ in workers)
    for worker in workers:
        worker.join()
    return total / (time.monotonic() - began)


def _process(client: Callable[[str, float], int], number: int, seconds: float, totals) -> None:  # noqa: ANN001 -- a queue of the context
    counts = [0] * THREADS
    run = f"{time.time_ns():x}-{number}"

    def thread(index: int) -> None:
        counts[index] = client(f"{run}-{index}", seconds)

    threads = [threading.Thread(target=thread, args=(index,)) for index in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    totals.put(sum(counts))
