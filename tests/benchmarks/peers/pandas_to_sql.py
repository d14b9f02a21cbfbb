"""A CSV into a table by pandas: `python -m tests.benchmarks.peers.pandas_to_sql FILE`."""

import os
import sys

import pandas as pd
import sqlalchemy as sa

engine = sa.create_engine(os.environ["BENCHMARK_DATABASE_URL"])
for chunk in pd.read_csv(sys.argv[1], dtype=str, chunksize=50_000):
    chunk.to_sql("raw_leads", engine, if_exists="append", index=False)
