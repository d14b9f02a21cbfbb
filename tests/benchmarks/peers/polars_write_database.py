"""A CSV into a table by polars: `python -m tests.benchmarks.peers.polars_write_database FILE`."""

import os
import sys

import polars as pl

records = pl.read_csv(sys.argv[1], infer_schema=False)
records.write_database("raw_leads", os.environ["BENCHMARK_DATABASE_URL"], engine="sqlalchemy")
