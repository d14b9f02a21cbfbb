"""`leadingest new`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import FILE_OR_URL, mappings_option, table_option

_EPILOG = """\
\b
Examples:
  leadingest new acme --file inbox/acme_2026-03.csv
  leadingest new acme --file acme.xlsx --mappings drafts

\b
Exit codes:
  0  the mapping is written
  1  the file cannot be read as a list
  2  the name is taken or not valid, or the mappings folder does not exist
"""


@click.command(short_help="Draft the mapping of a new source from a file.", epilog=_EPILOG)
@click.argument("name")
@click.option("--file", type=FILE_OR_URL, required=True, metavar="PATH|URL", help="A delivery of the source.")
@table_option
@click.option("--force", is_flag=True, help="Overwrite an existing mapping of this name.")
@mappings_option
def new(name: str, file: Any, table: str, force: bool, **settings: Any) -> None:
    """Draft the mapping of a new source from a file.

    Detects how to read the file, what its columns probably mean and which values they have, and writes
    mappings/NAME.yaml. Doubtful choices are marked with the reason; headers that no field uses are listed. Nothing is
    loaded, and an existing mapping is only overwritten with --force.
    """
    from datetime import UTC, datetime

    from leadingest.cli.support.new_place import globs_of_others, place_of
    from leadingest.deliveries.inboxes.open_inbox import opened_file
    from leadingest.drafting.draft_mapping import draft_mapping
    from leadingest.drafting.draft_text import draft_text
    from leadingest.ingest.mapping_index import shown_path
    from leadingest.project import Project
    from leadingest.reports.draft import draft_report

    project = Project.open(Path.cwd(), table=table, **settings)
    place = place_of(name, project, force=force)
    with opened_file(file) as delivery:
        draft = draft_mapping(
            delivery,
            source=name,
            table=project.table,
            today=datetime.now(UTC).date(),
            taken=globs_of_others(name, project.index),
        )
    with place.open("w" if force else "x", encoding="utf-8", newline="\n") as written:
        written.write(draft_text(draft))
    click.echo(draft_report(draft, shown_path(place), shown_path(file)), nl=False)
