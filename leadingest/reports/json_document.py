"""What `--format json` prints."""

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

#: Raised when a key goes or changes its meaning; a new key is no reason.
VERSION = 1


def json_document(**content: Any) -> str:
    """A JSON document of one object that begins with `version`; times as ISO 8601, decimals as texts."""
    return json.dumps({"version": VERSION, **content}, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
