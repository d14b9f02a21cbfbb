"""What `--format json` prints."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

#: Raised when a key goes or changes its meaning; a new key is no reason.
VERSION = 1

#: Those that JSON lets stand in a text as they are.
_CONTROL = re.compile(r"[\x7f-\x9f\u2028\u2029]")


def json_document(**content: Any) -> str:
    """A JSON document of one object that begins with `version`; times as ISO 8601, decimals as texts."""
    return json_text({"version": VERSION, **content}, indent=2) + "\n"


def json_text(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON; control characters, which a terminal would obey, are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
