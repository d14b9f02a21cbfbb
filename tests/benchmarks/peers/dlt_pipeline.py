"""A CSV into a table by dlt: `python -m tests.benchmarks.peers.dlt_pipeline FILE`."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Any

import dlt
import sqlalchemy as sa

# It would tell its makers of every run.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
url = sa.make_url(os.environ["BENCHMARK_DATABASE_URL"])


def records() -> Iterator[list[dict[str, Any]]]:
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        while chunk := list(islice(reader, 10_000)):
            yield chunk


with tempfile.TemporaryDirectory() as folder:
    pipeline = dlt.pipeline(
        "benchmark",
        pipelines_dir=folder,
        destination=dlt.destinations.sqlalchemy(url.render_as_string(hide_password=False)),
        dataset_name=url.database,
    )
    leads = dlt.resource(records, name="raw_leads", write_disposition="replace")
    pipeline.run(leads).raise_on_failed_jobs()
