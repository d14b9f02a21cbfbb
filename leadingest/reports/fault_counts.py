"""Why records were rejected or cells could not be read, in a few words."""

from collections.abc import Sequence

from leadingest.ingest.tally import FaultCount
from leadingest.reports.table import number

#: Reasons that are named.
MOST_NAMED = 6


def why(faults: Sequence[FaultCount]) -> str:
    """` (39 phone, 2 min_age by in_years)`: how often which field, and the rule where it is not the field's name."""
    told = [f"{number(each.count)} {_fault(each)}" for each in faults[:MOST_NAMED]]
    more = sum(each.count for each in faults[MOST_NAMED:])
    return f" ({', '.join([*told, *([f'{number(more)} more'] if more else [])])})" if told else ""


def _fault(fault: FaultCount) -> str:
    if fault.field is None or fault.field == fault.rule:
        return fault.rule
    return f"{fault.field} by {fault.rule}"
