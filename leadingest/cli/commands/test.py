"""`leadingest test`."""

from typing import Any

import click

from leadingest.cli.support.shared_options import NEW_FILE_OR_URL, format_option, mappings_option

_EPILOG = """\
\b
Tests are written in the mapping, under `tests:`, with made-up data:
  tests:
    - about: a home of two people
      record: {Name: OAK & PINE CARE, Contact: ANN & MAY REED & LEE}
      lead: {company: OAK & PINE CARE, first_name: Ann, last_name: Reed}

\b
With `lead: {}`, --update fills in the whole lead.

\b
Examples:
  leadingest test
  leadingest test --source source3 --coverage
  leadingest test --source source3 --update
  leadingest test --junit tests.xml
"""


@click.command(epilog=_EPILOG)
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source; can be repeated.")
@click.option(
    "--update",
    is_flag=True,
    help="Rewrite failing tests with the actual result; comments and layout are kept.",
)
@click.option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    help="List the aliases, value map keys, branches and formats that no test covers.",
)
@click.option(
    "--junit",
    type=NEW_FILE_OR_URL,
    metavar="FILE|URL",
    help="Also write the results as JUnit XML.",
)
@mappings_option
@format_option("text", "json", "github", "junit")
def test(
    sources: tuple[str, ...],
    update: bool,
    with_coverage: bool,
    junit: Any,
    output_format: str,
    **settings: Any,
) -> None:
    """Run the tests in the mappings.

    Each test is a record with the lead it must become, or a record that must be rejected or filtered. Nothing is read
    from the inbox and nothing is loaded.
    """
    from leadingest import Project
    from leadingest.cli.support.output import show
    from leadingest.errors import EXIT_FINDINGS
    from leadingest.reports.tests import TriedReport

    tested = Project.open(**settings).test(*sources, update=update, coverage=with_coverage)
    report = TriedReport(tested)
    if junit:
        show(report, "junit", output=junit)
    show(report, output_format)
    if errors := [each.error.exit_code for each in tested if each.error]:
        raise SystemExit(max(errors))
    if report.failed:
        raise SystemExit(EXIT_FINDINGS)
