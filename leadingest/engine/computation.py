"""A mapping, bound to the headers of a delivery, applied to batches of its records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal

import polars as pl

from leadingest.engine.binding import Binding
from leadingest.engine.compiler import compile_mapping
from leadingest.engine.plan import ROW, Plan
from leadingest.errors import DeliveryError
from leadingest.expressions import holds_damage
from leadingest.mapping.models import Mapping
from leadingest.operations.sql.node import column_of

#: A batch is small and others are mapped beside it: to cut it up once more, as polars' other engine does, costs more.
ENGINE: Literal["in-memory"] = "in-memory"


class Computation:
    """The plans of a mapping, and which of them a batch needs.

    Raises DefinitionError when an expression of the mapping cannot be computed.
    """

    def __init__(self, mapping: Mapping, binding: Binding, *, today: date, lets: Sequence[str] = ()) -> None:
        """What it gives has columns for the `lets` beside those of the load table, named by `column_of`."""
        self._mapping, self._binding, self._today = mapping, binding, today
        self._lets = tuple(map(column_of, lets))
        #: For batches without a cell that a spreadsheet program has damaged, which nearly all are.
        self.usual = self._compiled(damaged_cells=False)

    @cached_property
    def whole(self) -> Plan:
        """The mapping compiled for whatever may stand in a cell."""
        return self._compiled(damaged_cells=True)

    def of(self, records: pl.DataFrame) -> pl.DataFrame:
        """What the batch becomes, one row for each record under its ROW. Raises DeliveryError where that fails."""
        try:
            plan = self.whole if self._holds_damage(records) else self.usual
            return plan.apply(records.lazy()).with_row_index(ROW).collect(engine=ENGINE)
        except pl.exceptions.PolarsError as error:
            # What polars says may quote cells, which are no matter for a log.
            raise DeliveryError(
                f"the mapping {self._mapping.path.name} cannot be computed for this delivery",
                hint="an `sql` or `when` in the mapping fails for its values: wrap what may fail in TRY_CAST",
            ) from error

    def _compiled(self, *, damaged_cells: bool) -> Plan:
        plan = compile_mapping(self._mapping, self._binding, today=self._today, damaged_cells=damaged_cells)
        return replace(plan, result=(*plan.result, *map(pl.col, self._lets)))

    def _holds_damage(self, records: pl.DataFrame) -> bool:
        columns = [records[str(position)].rename("cell") for position in self.usual.columns]
        if not columns:
            return False
        # As one column, which copies nothing: what a computation costs by itself is paid once.
        cells = pl.concat(columns, rechunk=False).to_frame()
        return bool(cells.select(holds_damage(pl.col("cell"))).item())
