"""`leadingest diff`."""

import sys
from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import (
    database_option,
    format_option,
    mappings_option,
    table_option,
)

_EPILOG = """\
\b
Examples:
  leadingest diff --source source3
  leadingest diff --source source3 41 44
  leadingest diff --source source3 --fields phone,email
  leadingest diff --source source3 --then-by company,zip
  leadingest diff --source source3 --format csv > changes.csv
  leadingest diff --source source3 --format xlsx --output changes.xlsx
"""


@click.command(short_help="Compare two loads of a source.", epilog=_EPILOG)
@click.argument("loads", nargs=-1, type=click.IntRange(min=1), metavar="[LOAD LOAD]")
@click.option("--source", required=True, metavar="NAME", help="The source whose loads they are.")
@click.option("--fields", metavar="A,B,C", help="Compare these fields alone.  [default: all fields]")
@click.option(
    "--then-by",
    metavar="A,B",
    help="Match leads that have no partner by these fields: where the key itself may have changed.",
)
@table_option
@mappings_option
@database_option
@format_option("text", "csv", "json", "xlsx", "html")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file instead of printing it.",
)
def diff(
    loads: tuple[int, ...],
    source: str,
    fields: str | None,
    then_by: str | None,
    table: str,
    output_format: str,
    output: Path | None,
    **settings: Any,
) -> None:
    """Tell which leads are new, changed, gone, or there again.

    Two loads of a source are compared: the one before and the one now, or else the published one with the one that
    was loaded before it. A load that is held can be compared as well, before it is approved. Leads are matched by the
    `key` that the mapping declares, else by their lead_key. In a key of several fields blank equals blank. A lead whose
    key others have too, or that has none, is counted and not compared. As text a few examples are shown; the other formats have them all.
    """
    from leadingest.cli.support.declared_key import declared_key
    from leadingest.cli.support.described_table import described_table, named_fields
    from leadingest.cli.support.opened_table import opened_table
    from leadingest.cli.support.output import text_width
    from leadingest.comparing.compare_loads import compare_loads
    from leadingest.errors import UsageError
    from leadingest.outputs.whole_file import output_file
    from leadingest.reports.diff_formats import BINARY, write_diff
    from leadingest.reports.of_diff import diff_text
    from leadingest.settings import load_settings

    if len(loads) not in (0, 2):
        raise UsageError(
            "name two loads, the one before and the one now, or none", hint="leadingest diff --help"
        )
    if output_format in BINARY and not output:
        raise UsageError(
            f"{output_format} is no text: say where it is to go", hint=f"--output {source}.{output_format}"
        )
    known = load_settings(Path.cwd(), **settings)
    described = described_table(known, table)
    compared, weaker = named_fields(fields, described), named_fields(then_by, described)
    with opened_table(known, table) as destination:
        key = declared_key(known, source, destination)
        pair = (loads[0], loads[1]) if loads else None
        comparison = compare_loads(
            destination,
            source,
            key=key,
            fields=compared or tuple(described.columns),
            loads=pair,
            then_by=weaker,
        )
        if output_format == "text" and not output:
            click.echo(diff_text(comparison, width=text_width()), nl=False)
        elif output:
            with output_file(output) as file:
                write_diff(comparison, output_format, file)
        else:
            write_diff(comparison, output_format, sys.stdout.buffer)
