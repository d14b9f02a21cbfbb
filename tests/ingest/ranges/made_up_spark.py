"""A Spark that runs its tasks in this process, one after the other, each of them sent as Spark would send it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pyarrow as pa


class MadeUpSpark:
    """What is used of a session."""

    def __init__(self, master: str = "local[2]") -> None:
        self.conf = SimpleNamespace(get=lambda *_: master)
        self.tasks = 0

    def range(self, start: int, end: int, step: int, tasks: int) -> MadeUpSpark:
        """A column of numbers, in so many parts."""
        self.tasks = tasks
        return self

    def mapInArrow(self, task: Any, schema: str) -> MadeUpSpark:
        """What is to be done with each part."""
        self._task = pickle.dumps(task)
        return self

    def collect(self) -> list[Any]:
        """Do it; the last part is done first."""
        rows = []
        for number in reversed(range(self.tasks)):
            batch = pa.RecordBatch.from_pydict({"id": [number]})
            for answer in pickle.loads(self._task)(iter([batch])):
                rows += [SimpleNamespace(**row) for row in answer.to_pylist()]
        return rows


@contextmanager
def made_up_session() -> Iterator[MadeUpSpark]:
    """In the place of `spark_session`."""
    yield MadeUpSpark()
