"""An Airflow DAG (Airflow 3): each source is a task of its own, loaded every Monday; then what is new is handed over.

Put it into the folder of the DAGs; leadingest is installed where the tasks run.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from leadingest import Project

#: The folder with `mappings/`, `inbox/`, `out/` and `.env`.
LEADS = os.environ.get("LEADS_PROJECT", "/srv/leads")


@dag(schedule="0 6 * * 1", start_date=datetime(2026, 1, 1), catchup=False, max_active_runs=1)
def weekly_leads() -> None:
    """Load the newest delivery of every source, and export the leads that are new or have changed."""

    @task
    def sources() -> list[str]:
        return Project.open(LEADS).sources()

    @task(retries=2, retry_delay=timedelta(minutes=5), max_active_tis_per_dag=2)
    def load(source: str) -> dict[str, object]:
        (result,) = Project.open(LEADS).run(source, wait=600)
        if result.status == "no delivery":
            raise AirflowSkipException(result.message)
        if result.is_retryable:
            raise AirflowException(result.message)
        if result.status in ("failed", "held"):
            # Trying again would change nothing: somebody has to look at it.
            raise AirflowFailException(f"{result.message}\n{result.hint}")
        return {"load_id": result.load_id, "loaded": result.counts.loaded, "rejected": result.counts.rejected}

    # What is published is whole, whatever became of a load.
    @task(trigger_rule="all_done", retries=2)
    def hand_over() -> dict[str, int]:
        # A task that is tried again writes a file of its own, with what the first had not handed out.
        file = f"{LEADS}/out/weekly_{datetime.now():%Y-%m-%dT%H%M%S}.csv"
        done = Project.open(LEADS).export(file, name="weekly")
        return {"new": done.counts.new, "changed": done.counts.changed}

    load.expand(source=sources()) >> hand_over()


weekly_leads()
