"""`make demo-cloud`: files dropped in a bucket, a worker that loads them into a database and into a lake, and what it cannot load.

Nothing leaves this machine: bucket and queues are those of a made-up AWS, which ends with the demonstration.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote_plus

from tests.cloud.aws import MadeUpCloud, aws_server
from tests.destinations.lake.athena_in_duckdb import athena_over

ROOT = Path(__file__).parents[2]
#: The files that third parties drop: the key, and what it holds.
DROPS = {
    "arrived/source1_2026-11.csv": ROOT / "examples/source1/delivery.csv",
    "arrived/source2_2026-11.csv": ROOT / "examples/source2/delivery.csv",
    "arrived/source3_2026-11.csv": ROOT / "examples/source3/delivery.csv",
}
BROKEN = ("arrived/source3_2026-12.csv", "Name of Somebody Else,Shoe Size\nAda,39\n")
PAGE = ("arrived/error.html", "<!DOCTYPE html><title>503 Service Unavailable</title>\n")

#: What Athena is asked.
QUERY = "SELECT source_name, COUNT(*) AS leads FROM vw_lead_sources GROUP BY source_name ORDER BY source_name"

PICTURE = """\
  third parties       notifications            a worker              one table
  {bucket:<18}  ->  queue                ->  leadingest worker  ->  leads.db
                         |                         |
                         v                         v
                      dead-letter queue         dead letters
                      (messages that cannot     (files that cannot
                      be processed)             be loaded)
"""


def main() -> None:
    """Run it, and print what happens."""
    with TemporaryDirectory(prefix="leadingest-demo-") as name, aws_server() as variables:
        folder = Path(name)
        shutil.copytree(ROOT / "mappings", folder / "mappings")
        os.environ.update(variables)
        cloud = MadeUpCloud(variables, visibility=60, below="arrived/")
        say("1. A bucket, a queue, and its dead-letter queue", PICTURE.format(bucket=f"s3://{cloud.bucket}"))
        for key, path in DROPS.items():
            cloud.drop_file(key, path)
        for key, text in (BROKEN, PAGE):
            cloud.drop(key, text)
        say("2. Five files are dropped", "".join(f"  {key}\n" for key in (*DROPS, BROKEN[0], PAGE[0])))
        say("3. A worker processes the messages until the queue is empty")
        run(folder, variables, "worker", "--queue-url", cloud.queue, "--until-empty", "--backoff", "0")
        say("4. The three lists became leads; the first five")
        run(folder, variables, "leads", "--limit", "5")
        say("5. Every load is recorded, with the reason of a failure")
        run(folder, variables, "loads")
        say(
            "6. The list that could not be loaded is a dead letter, until its mapping is fixed",
            letters(folder),
        )
        say(
            "7. No source takes the page: after three tries its message is in the dead-letter queue, until a mapping takes it",
            "".join(f"  {described(body)}\n" for body in cloud.bodies(cloud.dead_queue)),
        )
        say(f"The queue is empty: {cloud.left(cloud.queue)} messages are left.")
        lake = f"s3://{cloud.bucket}/lake"
        for key, path in DROPS.items():
            cloud.drop_file(key, path)
        say(f"8. The three lists are dropped again, for a worker that loads into a lake: {lake}")
        into_lake = ("--database-url", lake)
        run(
            folder,
            variables,
            "worker",
            "--queue-url",
            cloud.queue,
            "--until-empty",
            "--backoff",
            "0",
            *into_lake,
        )
        say("9. Athena reads the lake by this")
        ddl = run(folder, variables, "ddl", "--dialect", "athena", *into_lake)
        with TemporaryDirectory(prefix="leadingest-demo-") as copy:
            athena = athena_over(lake, ddl.removesuffix(";\n").split(";\n"), Path(copy))
            answer = athena.query(QUERY)
        say(
            "10. What it answers; here DuckDB runs the same SQL over the same files",
            f"> {QUERY}\n\n" + "".join(f"  {source:<10}{leads:>4}\n" for source, leads in answer.rows()),
        )


def say(title: str, text: str = "") -> None:
    """A heading, and what belongs to it."""
    print(f"\n{title}\n\n{text}" if text else f"\n{title}", flush=True)


def run(folder: Path, variables: Mapping[str, str], *words: str) -> str:
    """Run a command of leadingest in the folder, and show it; gives what it printed for programs."""
    print(f"\n$ leadingest {' '.join(words)}", flush=True)
    quiet = {"LEADINGEST_LOG_LEVEL": "info", "LEADINGEST_LOG_FORMAT": "off"}
    done = subprocess.run(
        [sys.executable, "-m", "leadingest", *words],
        cwd=folder,
        env={**os.environ, **variables, **quiet},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    print(done.stdout, end="", flush=True)
    return done.stdout


def letters(folder: Path) -> str:
    """The dead letters, each with its reason."""
    notes = sorted(folder.glob("dead_letters/*/*.json"))
    contents = [json.loads(note.read_text(encoding="utf-8")) for note in notes]
    reasons = [each["failure"]["reason"].splitlines() for each in contents]
    return "".join(
        f"  {each['source']}/{each['file']}: {first}{f' (and {len(more)} more)' if more else ''}\n"
        for each, (first, *more) in zip(contents, reasons, strict=True)
    )


def described(body: str) -> str:
    """The object that a message of the dead-letter queue tells of."""
    about = json.loads(body)["Records"][0]["s3"]
    return f"s3://{about['bucket']['name']}/{unquote_plus(about['object']['key'])}"


if __name__ == "__main__":
    main()
