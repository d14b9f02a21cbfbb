"""`leadingest rejects`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import destination_options, format_option

_EPILOG = """\
\b
Examples:
  leadingest rejects --source source3
  leadingest rejects --load 12 --examples 10
  leadingest rejects --load 12 --raw > fixed.csv
"""


@click.command(short_help="Show why records were rejected, with examples.", epilog=_EPILOG)
@click.option("--source", metavar="NAME", help="Rejects of the newest load of this source.")
@click.option("--load", "load_id", type=click.IntRange(min=1), metavar="LOAD", help="Rejects of this load.")
@click.option(
    "--examples",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="Number of examples per reason.",
)
@click.option("--raw", is_flag=True, help="Write all rejects as a file to correct.")
@destination_options
@format_option("text", "json")
def rejects(
    source: str | None,
    load_id: int | None,
    examples: int,
    raw: bool,
    table: str,
    output_format: str,
    **settings: Any,
) -> None:
    """Show why records of a load were rejected, by reason, with examples.

    Shows the newest completed load of the source, published or held, or the load given by --load.

    With --raw, the rejects are written to standard output as a file in UTF-8: a header, then every record as it came,
    with its record number in the first column. Correct the file, then add its records to the load with
    `leadingest replay --load LOAD --file PATH`. Lines that you do not correct can stay or be removed.
    """
    from leadingest import Project
    from leadingest.cli.support.output import for_stdout, show
    from leadingest.reports.rejects import RejectsReport

    project = Project.open(table=table, **settings)
    load = project.load(source=source, load_id=load_id)
    if raw:
        for piece in project.rejects_file(load.load_id):
            click.echo(for_stdout(piece), nl=False)
        return
    show(RejectsReport(load, project.rejects(load.load_id, examples=examples)), output_format)
