"""`leadingest invalid-values`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import destination_options, format_option

_EPILOG = """\
\b
Examples:
  leadingest invalid-values --source source3
  leadingest invalid-values --load 12 --examples 10
  leadingest invalid-values --load 12 --format csv > invalid.csv
"""


@click.command(short_help="Show which cells could not be read, with examples.", epilog=_EPILOG)
@click.option("--source", metavar="NAME", help="Those of the newest load of this source.")
@click.option("--load", "load_id", type=click.IntRange(min=1), metavar="LOAD", help="Those of this load.")
@click.option(
    "--examples",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="Number of examples per field and rule, as text and json.",
)
@destination_options
@format_option("text", "csv", "json")
def invalid_values(
    source: str | None, load_id: int | None, examples: int, table: str, output_format: str, **settings: Any
) -> None:
    """Show cells of a load that could not be read, by field and rule, with examples as they came.

    The lead is loaded, and its field is blank. Shows the newest completed load of the source, published or held, or the
    load given by --load. With --format csv all of them are written, one on each line.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.reports.invalid_values import InvalidValuesReport

    project = Project.open(table=table, **settings)
    load = project.load(source=source, load_id=load_id)
    groups = [] if output_format == "csv" else project.invalid_values(load.load_id, examples=examples)
    show(InvalidValuesReport(load, groups, lambda: project.invalid_value_rows(load.load_id)), output_format)
