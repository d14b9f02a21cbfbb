"""`leadingest ddl`."""

from __future__ import annotations

from typing import Any

import click

from leadingest.cli.support.shared_options import database_option, table_option
from leadingest.destinations.ddl import DDL_DIALECTS
from leadingest.errors import EXIT_FINDINGS

_EPILOG = """\
\b
Examples:
  leadingest ddl --dialect mysql
  leadingest ddl --dialect sqlite --table lead_sources | sqlite3 leads.db
  leadingest ddl --dialect athena --database-url s3://bucket/lake
  leadingest ddl --diff > alter.sql        what is missing; run it yourself
  leadingest ddl --new-table suppliers --table leads_international

\b
Exit code:
  0  printed; with --diff, nothing is missing from the database
  1  with --diff, what was printed is missing
"""


@click.command(short_help="Print the SQL of the tables and the view.", epilog=_EPILOG)
@click.option("--dialect", type=click.Choice(DDL_DIALECTS), help="SQL dialect to print.")
@click.option(
    "--diff", is_flag=True, help="Print only what is missing from the database, as SQL that adds it."
)
@click.option(
    "--new-table",
    metavar="NAME",
    help="Write ddl/NAME.yaml, a load table of your own, begun as a copy of --table.",
)
@table_option
@database_option
def ddl(dialect: str | None, diff: bool, new_table: str | None, table: str, **settings: Any) -> None:
    """Print the SQL that creates the load table, its companion tables and the view.

    `leadingest run` creates missing tables itself. Use this command to read the SQL, or if an administrator creates
    the tables. The load table is described in ddl/<table>.yaml. For athena, it is the SQL that reads a lake.

    With --diff, existing tables are compared with the current description. Nothing is altered: the statements are for
    an administrator to review and run.

    With --new-table, the description of a load table of your own is written, as a copy to edit. If the project has no
    ddl folder, it gets one, with the load tables that come with the program.
    """
    from leadingest import Project, UsageError

    if [bool(dialect), diff, bool(new_table)].count(True) != 1:
        raise UsageError(
            "use --dialect to print all the SQL, --diff to print what the database is missing, or --new-table to "
            "describe a load table of your own"
        )
    project = Project.open(table=table, **settings)
    if new_table:
        from leadingest.reports.draft import new_table_report

        click.echo(new_table_report(project.new_table(new_table), table), nl=False)
        return
    if dialect:
        click.echo(project.ddl(dialect), nl=False)
        return
    statements = project.missing_ddl()
    if not statements:
        click.echo("nothing is missing from the database", err=True)
        return
    click.echo("".join(f"{statement};\n" for statement in statements), nl=False)
    raise click.exceptions.Exit(EXIT_FINDINGS)
