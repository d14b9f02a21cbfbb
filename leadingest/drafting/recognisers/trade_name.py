"""`REED, ANN DBA OAK TREE CARE`: whoever holds the license, and the name of the trade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.task import Task

_SOME: Final = 0.1
_TRADE_NAME: Final = "(?i) d/?b/?a/? (.+)$"
_HOLDER: Final = "(?i)^(.+?) d/?b/?a/? "


def recognise_trade_name(task: Task) -> Iterator[Proposal]:
    """Names of which some hold DBA: doing business as."""
    for column in task.sample.ranked("company"):
        if not column.looks("trade_name", least=_SOME):
            continue
        # Surer than the name as a whole; what has no DBA in it is taken as it is.
        score = column.sure("company") * 1.01
        company = {"first_of": [{"from": column, "extract": _TRADE_NAME}, column]}
        yield Proposal("company", company, (column,), score)
        if task.has("licensee_name"):
            holder = {"first_of": [{"from": column, "extract": _HOLDER}, column]}
            yield Proposal("licensee_name", holder, (column,), 0.5, alone=False)
