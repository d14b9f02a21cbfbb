"""Tests of leadingest.destinations.sql.claim: a load that another run has taken over."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from leadingest.destinations.ledger import LoadEnd, RecordCounts
from leadingest.errors import DestinationLostError
from leadingest.tables.load_table import LoadTable
from tests.destinations.made_up import MadeUpLoads, invalid_of, leads_of, rejects_of


@pytest.mark.parametrize("rows", [1, 0], ids=["with rows to write", "with nothing left but its end"])
def test_a_load_that_another_run_has_taken_over_can_add_nothing_and_is_not_published(
    loads: MadeUpLoads, table: LoadTable, rows: int
) -> None:
    loads.load({"company": "old"})

    def taken_over() -> None:
        with loads.started() as load:
            engine = sa.create_engine(loads.url)
            with engine.begin() as connection:
                connection.exec_driver_sql(f"UPDATE loads SET run_by = 'another' WHERE load_id = {load.id}")
            engine.dispose()
            leads = leads_of(table, *([{"company": "new"}] * rows))
            load.write(leads=leads, rejects=rejects_of(), invalid_values=invalid_of())
            load.finish(
                LoadEnd(RecordCounts(read=rows, loaded=rows, rejected=0, filtered=0, invalid_values=0))
            )

    with pytest.raises(DestinationLostError, match=r"lost ownership of load 2"):
        taken_over()
    assert loads.shown() == ["old"]
