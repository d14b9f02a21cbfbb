"""The preview of the made-up delivery, for all its forms."""

from __future__ import annotations

from pathlib import Path

from leadingest.ingest.preview import FirstRecords, Preview, RecordChoice, preview_delivery
from tests.engine.trial import TODAY
from tests.ingest.made_up_delivery import CSV, made_up


def made_up_preview(
    folder: Path, *, choice: RecordChoice | None = None, limit: int | None = None, csv: str = CSV
) -> Preview:
    """Its first four records are a lead, one with invalid values, one left out, and a reject."""
    mapping, delivery = made_up(folder, csv=csv)
    return preview_delivery(mapping, delivery, choice=choice or FirstRecords(4), today=TODAY, limit=limit)
