"""Files that hold exactly what comes out: a test compares with them, and `make generated` writes them.

A test of such files has the mark `rewrites`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

#: Whether tests write what they would compare with. Read the difference before you commit it.
REWRITE: Final = os.environ.get("LEADINGEST_TEST_REWRITE_EXAMPLES") == "1"


def snapshot(file: Path, text: str) -> str:
    """What the file must hold, once `text` was written into it where that is asked for."""
    if REWRITE:
        file.write_text(text, encoding="utf-8")
    return file.read_text(encoding="utf-8")
