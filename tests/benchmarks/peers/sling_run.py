"""A CSV into a table by Sling: `python -m tests.benchmarks.peers.sling_run FILE`. Its program takes the place of this one."""

import os
import stat
import sys

import sqlalchemy as sa
from sling_linux_amd64 import SLING_BIN

url = sa.make_url(os.environ["BENCHMARK_DATABASE_URL"])
with sa.create_engine(url).connect() as connection:
    port, version = connection.exec_driver_sql("SELECT @@port, VERSION()").one()
# It reaches a server by its port only.
target = sa.URL.create(
    "mariadb" if "MariaDB" in version else "mysql",
    url.username,
    url.password,
    host="127.0.0.1",
    port=port,
    database=url.database,
)
# The package is installed without the right to run its program.
os.chmod(SLING_BIN, os.stat(SLING_BIN).st_mode | stat.S_IXUSR)
words = ["--src-stream", f"file://{os.path.abspath(sys.argv[1])}", "--mode", "full-refresh"]
os.execve(
    SLING_BIN,
    ["sling", "run", *words, "--tgt-conn", "TARGET", "--tgt-object", f"{url.database}.raw_leads"],
    {**os.environ, "TARGET": target.render_as_string(hide_password=False), "SLING_DISABLE_TELEMETRY": "true"},
)
