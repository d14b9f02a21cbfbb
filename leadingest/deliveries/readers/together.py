"""Records of one part of a file that were read in different ways, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from leadingest.deliveries.records import RecordBatch


def together(parts: Sequence[RecordBatch]) -> RecordBatch:
    """The records and rejects of all parts, by their numbers."""
    rejecting = [part.rejects for part in parts if part.rejects.height]
    reading = [part for part in parts if part.frame.height] or [parts[0]]
    rejects = pl.concat(rejecting) if rejecting else parts[0].rejects
    if not rejects["record_number"].is_sorted():
        rejects = rejects.sort("record_number")
    if len(reading) == 1:
        return replace(reading[0], rejects=rejects)
    frame = pl.concat([part.frame for part in reading], rechunk=True)
    numbers = np.concatenate([np.asarray(part.numbers, np.int64) for part in reading])
    lines = np.concatenate([np.asarray(part.lines, np.int64) for part in reading])
    if (np.diff(numbers) < 0).any():
        order = np.argsort(numbers)
        frame, numbers, lines = frame[order], numbers[order], lines[order]
    return RecordBatch(frame, numbers.tolist(), lines.tolist(), rejects)
