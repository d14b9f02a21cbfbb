"""`leadingest test --update`: the tests that fail say afterwards what came out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from leadingest.documents.read_yaml import read_text
from leadingest.engine.try_mapping import TriedTest, try_mapping
from leadingest.errors import UsageError
from leadingest.ingest.rewrite_tests import rewritten, to_be_rewritten
from leadingest.mapping.models import Mapping
from leadingest.mapping.read_mapping import read_mapping

_MARK = b"\xef\xbb\xbf"


def update_tests(mapping: Mapping, *, ddl: Path, today: date) -> int:
    """Rewrite the tests of the mapping that fail, or that say `lead: {}`, in its file; how many there were.

    The file is written whole, and only if its tests then pass. Raises UsageError where they cannot be rewritten.
    """
    stale = [each for each in try_mapping(mapping, today=today) if to_be_rewritten(each)]
    if not stale:
        return 0
    _refuse_elsewhere(mapping, stale)
    name = mapping.document.position.file
    text = rewritten(read_text(mapping.path, name), stale)
    mark = _MARK if mapping.path.read_bytes().startswith(_MARK) else b""
    draft = mapping.path.with_name(f".{mapping.path.name}.draft")
    try:
        draft.write_bytes(mark + text.encode())
        shutil.copymode(mapping.path, draft)
        _refuse_changed(mapping, read_mapping(draft, ddl=ddl, shown_as=name), today)
        os.replace(draft, mapping.path)
    finally:
        draft.unlink(missing_ok=True)
    return len(stale)


def _refuse_elsewhere(mapping: Mapping, stale: Sequence[TriedTest]) -> None:
    own = mapping.document.position.file
    for each in stale:
        if each.position.file != own:
            raise UsageError(
                f"the tests of {mapping.source} are in {each.position.file}, which other mappings may extend",
                hint=f"move the tests into {own}, or change them by hand",
            )


def _refuse_changed(mapping: Mapping, draft: Mapping, today: date) -> None:
    """Nothing but the tests may have changed, and they must pass."""
    left = [each for each in try_mapping(draft, today=today) if each.differences]
    if left or draft.digest != mapping.digest:
        place = left[0].position if left else draft.place("tests")
        raise UsageError(
            f"{place.file}:{place.line}:{place.column}: the test cannot be rewritten so that it passes",
            hint="change it by hand",
        )
