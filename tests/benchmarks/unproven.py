"""The program without its proof that a block is well-formed: what the proof costs, and for nothing else.

Only for files that are well-formed and have no line end within a cell: others would be read wrongly.
"""

from __future__ import annotations

from unittest.mock import patch

import numpy as np

from leadingest.cli.main import main
from leadingest.deliveries.readers import regions
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.structure import Marked


def taken_for_sound(data: bytes, _shape: RecordShape) -> Marked:
    """As many records as lines, and each of them proven."""
    lines = data.count(b"\n")
    records = lines + (not data.endswith(b"\n"))
    ends = np.full(records, len(data), np.int64)
    return Marked(ends, np.ones(records, np.bool_), None, lines)


if __name__ == "__main__":
    with patch.object(regions, "mark_records", taken_for_sound):
        main()
