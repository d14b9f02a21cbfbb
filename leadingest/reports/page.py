"""A report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from leadingest.reports.days import ago, clock, day
from leadingest.reports.fault_counts import why
from leadingest.reports.named_headers import named_headers
from leadingest.reports.printable import lines_only
from leadingest.reports.shares import percent
from leadingest.reports.table import change, counted, number
from leadingest.tables.types.base import stored_text

if TYPE_CHECKING:
    from jinja2 import Environment


def page(template: str, **content: Any) -> str:
    """The page `pages/<template>.html` with the content; every text in it is escaped."""
    return _environment().get_template(f"{template}.html").render(content)


def page_pieces(template: str, **content: Any) -> Iterator[str]:
    """The same, a piece at a time: for a page that is too long to be held in memory."""
    yield from _environment().get_template(f"{template}.html").generate(content)


@cache
def _environment() -> Environment:
    """The templates, each of them read once, with what they say numbers and days by."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("leadingest", "reports/pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A page may be printed to a terminal by mistake. What is markup stays so.
        finalize=lambda value: type(value)(lines_only(value)) if isinstance(value, str) else value,
    )
    environment.filters |= {
        "ago": ago,
        "change": change,
        "clock": clock,
        "counted": counted,
        "day": day,
        "named": named_headers,
        "number": number,
        "stored": stored_text,
    }
    environment.globals |= {"percent": percent, "why": why}
    return environment
