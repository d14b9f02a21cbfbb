"""Dagster definitions: each source is an asset, materialized every Monday.

dagster dev -f dagster_definitions.py
"""

from __future__ import annotations

import os
import re

import dagster as dg

from leadingest import Project

#: The folder with `mappings/`, `inbox/` and `.env`.
LEADS = os.environ.get("LEADS_PROJECT", "/srv/leads")


def leads_of(source: str) -> dg.AssetsDefinition:
    """The published leads of a source."""

    # The name of a source may have dots and hyphens, that of an asset not.
    @dg.asset(
        name=re.sub(r"\W", "_", source),
        group_name="leads",
        retry_policy=dg.RetryPolicy(max_retries=2, delay=300),
    )
    def published() -> dg.MaterializeResult:
        (result,) = Project.open(LEADS).run(source, wait=600)
        if result.status in ("failed", "held"):
            raise dg.Failure(f"{result.message}\n{result.hint}", allow_retries=result.is_retryable)
        return dg.MaterializeResult(
            metadata={
                "status": result.status,
                "file": result.file,
                "load": result.load_id or 0,
                "loaded": result.counts.loaded,
                "rejected": result.counts.rejected,
                "invalid values": result.counts.invalid_values,
            }
        )

    return published


weekly = dg.define_asset_job("weekly_leads", selection=dg.AssetSelection.groups("leads"))
defs = dg.Definitions(
    assets=[leads_of(source) for source in Project.open(LEADS).sources()],
    schedules=[dg.ScheduleDefinition(job=weekly, cron_schedule="0 6 * * 1")],
)
