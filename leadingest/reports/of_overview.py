"""What the writing of a report ends with."""

from __future__ import annotations

from pathlib import Path

from leadingest.overview.overview import Overview
from leadingest.reports.condition_words import named
from leadingest.reports.overview_pages import INDEX
from leadingest.reports.table import counted


def overview_text(overview: Overview, folder: Path, size: int) -> str:
    """Where the report is, how large it is, and what needs somebody, in a line each."""
    sources, leads = counted(len(overview.sources), "source"), counted(overview.leads, "published lead")
    written = f"{folder / INDEX}: {sources}, {leads} ({size / 1000:,.0f} kB)\n"
    return written + "".join(
        f"{source.name}: {', '.join(map(named, source.urgent))}\n" for source in overview.urgent()
    )
