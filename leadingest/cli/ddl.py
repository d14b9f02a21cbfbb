"""`leadingest ddl`."""

from pathlib import Path

import click

from leadingest.cli.shared_options import table_option

_EPILOG = """\
\b
Examples:
  leadingest ddl --dialect mysql
  leadingest ddl --dialect sqlite --table lead_sources | sqlite3 leads.db
"""


@click.command(short_help="Print the SQL of the tables and the view.", epilog=_EPILOG)
@click.option("--dialect", type=click.Choice(["mysql", "sqlite"]), required=True, help="Whose SQL to write.")
@table_option
def ddl(dialect: str, table: str) -> None:
    """Print the SQL that creates the load table, the tables beside it and the view.

    `leadingest run` creates what is missing by itself; this is for a database whose tables are made by
    somebody else, and for reading. The load table is described in ddl/<table>.yaml.
    """
    from leadingest.cli.described_table import described_table
    from leadingest.destinations.ddl import ddl_text
    from leadingest.settings import load_settings

    click.echo(ddl_text(described_table(load_settings(Path.cwd()), table), dialect), nl=False)
