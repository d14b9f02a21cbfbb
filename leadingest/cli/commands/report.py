"""`leadingest report`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import FOLDER_OR_URL, destination_options, format_option

_EPILOG = """\
\b
Examples:
  leadingest report                      then open report/index.html in a browser
  leadingest report --out /srv/www/leads
  leadingest report --format json | jq '.sources[] | select(.conditions[0] == "late").source'
"""


@click.command(short_help="Write the state of all sources as web pages.", epilog=_EPILOG)
@click.option(
    "--out",
    type=FOLDER_OR_URL,
    default=Path("report"),
    show_default=True,
    metavar="DIR|URL",
    help="Folder or s3:// prefix to write to; a folder is created if missing.",
)
@click.option(
    "--loads",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help="Maximum number of loads per source, newest first.",
)
@destination_options
@format_option("html", "json")
def report(out: Path, loads: int, table: str, output_format: str, **settings: Any) -> None:
    """Write the state of all sources as web pages: an overview, and a page per source.

    Shows which sources are late, failed or held; a chart of the loads of each; how full each field is; rejects and
    invalid values by rule, without their values; and the mappings as tables. The pages need no network and no other
    files: open index.html, put the folder on a server, or print it. A source is late according to `expect` in its
    mapping.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.reports.overview import OverviewReport, write_overview

    overview = Project.open(table=table, **settings).overview(loads=loads)
    if output_format != "html":
        show(OverviewReport(overview), output_format)
        return
    show(OverviewReport(overview, out, write_overview(overview, out)))
