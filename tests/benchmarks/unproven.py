"""The program without its proof that a block is well-formed: what the proof costs, and for nothing else.

Only for files that are well-formed and have no line end within a cell: others would be read wrongly.
"""

from __future__ import annotations

from unittest.mock import patch

from leadingest.cli.main import main
from leadingest.deliveries.readers import regions
from leadingest.deliveries.readers.dialect import RecordShape
from leadingest.deliveries.readers.structure import Marked


def taken_for_sound(data: bytes, _shape: RecordShape) -> Marked:
    """As many records as lines, and each of them proven."""
    return Marked.each_line(data)


if __name__ == "__main__":
    with patch.object(regions, "mark_records", taken_for_sound):
        main()
