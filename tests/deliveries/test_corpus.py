"""Every messy file of tests/deliveries/corpus, read with any block size: exactly what stands beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from leadingest.errors import DeliveryError
from leadingest.tables.rejects import READING, UNCOMPUTED_FORMULA
from tests.deliveries.conftest import read_bytes
from tests.snapshots import snapshot

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path for path in CORPUS.iterdir() if path.is_dir())


def outcome(case: Path, block_size: int) -> dict[str, Any]:
    """What is read from the file of a case."""
    (file,) = case.glob("delivery.[!y]*")
    settings = case / "delivery.yaml"
    keys = yaml.load(settings.read_text(encoding="utf-8"), yaml.BaseLoader) if settings.exists() else {}
    try:
        whole = read_bytes(file.read_bytes(), name=file.name, block_size=block_size, **keys)
    except DeliveryError as error:
        return {"error": error.message, "hint": error.hint}
    records = zip(whole.numbers, whole.lines, whole.rows, strict=True)
    counted = {"left_out": whole.repeated, "remarks": list(whole.remarks)}
    return {
        "headers": list(whole.headers),
        "encoding": whole.encoding,
        "records": [[number, line, list(cells)] for number, line, cells in records],
        "rejects": [list(reject) for reject in whole.rejects],
        **{name: count for name, count in counted.items() if count},
    }


def document(outcome: dict[str, Any]) -> str:
    """The outcome as JSON, with a record or reject on each line."""
    return "{\n" + ",\n".join(f"  {json.dumps(key)}: {shown(outcome[key])}" for key in outcome) + "\n}\n"


def shown(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], list):
        rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in value)
        return f"[\n{rows}\n  ]"
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.rewrites
@pytest.mark.parametrize("block_size", [1, 16, 1 << 20])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_messy_file_is_read_exactly_so(case: Path, block_size: int) -> None:
    read = outcome(case, block_size)
    assert read == json.loads(snapshot(case / "expected.json", document(read)))


def rejects() -> Iterator[str]:
    for case in CASES:
        expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
        yield from (reject[2] for reject in expected.get("rejects", []))


def test_every_reason_of_text_files_has_a_case() -> None:
    assert set(rejects()) == set(READING) - {UNCOMPUTED_FORMULA.code}
