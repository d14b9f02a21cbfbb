from __future__ import annotations

from pathlib import Path

import pytest

from leadingest.ingest.ranges import spark_tasks
from tests.cli.made_up_project import NEVADA, NEVADA_CSV, MadeUpProject
from tests.ingest.ranges.made_up_spark import made_up_session
from tests.object_storage import Bucket


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeUpProject:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(spark_tasks, "spark_session", made_up_session)
    monkeypatch.setattr(
        spark_tasks.SparkRanges.__init__, "__kwdefaults__", {"scratch": None, "range_size": 1}
    )
    made_up = MadeUpProject(tmp_path)
    made_up.write("mappings/nevada.yaml", NEVADA)
    made_up.write("inbox/nevada.csv", NEVADA_CSV + "short\n")
    return made_up


def test_the_newest_delivery_is_loaded_as_run_loads_it(project: MadeUpProject) -> None:
    done = project.call("spark-run", "--source", "nevada")
    assert done.exit_code == 0
    by_tasks = project.shown(done.output).splitlines()
    assert by_tasks[-1] == "nevada: mapped in 4 ranges by Spark"
    (project.folder / "leads.db").unlink()
    assert by_tasks[:-1] == project.shown(project.call("run", "--source", "nevada").output).splitlines()


def test_what_run_has_loaded_is_not_loaded_again(project: MadeUpProject) -> None:
    project.call("spark-run", "--source", "nevada")
    assert "the same file was loaded" in project.call("run", "--source", "nevada").output


def test_tasks_read_an_object_and_leave_nothing_in_the_bucket(project: MadeUpProject, bucket: Bucket) -> None:
    file = bucket.put("in/nevada.csv", (NEVADA_CSV + "short\n").encode())
    scratch = f"{bucket.url}/scratch"
    done = project.call("spark-run", "--file", str(file), "--scratch", scratch, "--format", "json")
    assert done.exit_code == 0
    assert '"loaded": 3' in done.output
    assert "mapped in 4 ranges by Spark" in done.output
    assert bucket.keys() == ["in/nevada.csv"]


def test_one_source_or_one_file_is_to_be_named(project: MadeUpProject) -> None:
    done = project.call("spark-run")
    assert done.exit_code == 2
    assert "which source?" in done.output
