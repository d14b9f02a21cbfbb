"""`leadingest test`."""

from pathlib import Path
from typing import Any

import click

from leadingest.cli.shared_options import mappings_option

_EPILOG = """\
\b
A test stands in the mapping, under `tests:`, and is made up:
  tests:
    - about: a home of two people
      record: {Name: OAK & PINE CARE, Contact: ANN & MAY REED & LEE}
      lead: {company: OAK & PINE CARE, first_name: Ann, last_name: Reed}

\b
Examples:
  leadingest test
  leadingest test --source source3
"""


@click.command(epilog=_EPILOG)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source; may be repeated.")
@mappings_option
def test(sources: tuple[str, ...], **settings: Any) -> None:
    """Run the tests that stand in the mappings.

    Each is a record with the lead it must become. Nothing is read from the inbox and nothing is loaded.
    """
    from datetime import UTC, datetime

    from leadingest.errors import EXIT_FINDINGS
    from leadingest.ingest.check_mappings import check_mappings
    from leadingest.ingest.project import Project
    from leadingest.reports.of_tests import failed, tests_text
    from leadingest.settings import load_settings

    chosen = load_settings(Path.cwd(), **settings)
    project = Project(chosen.mappings, chosen.ddl)
    tested = check_mappings(project, sources or list(project.sources()), today=datetime.now(UTC).date())
    click.echo(tests_text(tested), nl=False)
    if errors := [each.error.exit_code for each in tested if each.error]:
        raise SystemExit(max(errors))
    if failed(tested):
        raise SystemExit(EXIT_FINDINGS)
