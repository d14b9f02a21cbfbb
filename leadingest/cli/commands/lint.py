"""`leadingest lint`."""

import gc
from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import (
    FILE_OR_URL,
    FOLDER_OR_URL,
    LOCAL,
    format_option,
    mappings_option,
)

_EPILOG = """\
\b
To ignore a finding, add a comment with the reason on its line or the line above:
  licensee_name: Name  # leadingest: ignore[LI103] the agency has one name for both

\b
Examples:
  leadingest lint                                   every mapping of the project
  leadingest lint mappings/acme.yaml --strict       a single mapping; warnings fail too
  leadingest lint --source acme --sample acme.csv   compared with a delivery
  leadingest lint --diff                            what --fix would change
  leadingest lint --explain LI107                   what a code means
"""


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=LOCAL, metavar="[FILE|FOLDER]...")
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Check the mapping of this source; can be repeated.",
)
@click.option(
    "--sample", type=FILE_OR_URL, metavar="FILE|URL", help="A delivery to compare the mapping with."
)
@click.option("--newest", is_flag=True, help="Compare each mapping with its newest delivery in the inbox.")
@click.option("--strict", is_flag=True, help="Exit with code 1 on warnings too, not only on errors.")
@click.option("--fix", is_flag=True, help="Fix what can be fixed without changing the meaning of a mapping.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, without changing anything.")
@click.option("--explain", metavar="CODE", help="Explain a code, with an example, and exit.")
@click.option("--rules", is_flag=True, help="Print all rules as Markdown and exit.")
@format_option("text", "concise", "json", "sarif", "github", "junit")
@mappings_option
@click.option(
    "--inbox",
    type=FOLDER_OR_URL,
    metavar="DIR|URL",
    help="Folder or s3:// prefix where deliveries arrive.  [default: inbox]",
)
def lint(
    paths: tuple[Path, ...],
    sources: tuple[str, ...],
    sample: Path | None,
    newest: bool,
    strict: bool,
    fix: bool,
    diff: bool,
    explain: str | None,
    rules: bool,
    output_format: str,
    **settings: Any,
) -> None:
    """Check mappings before a run, without a database.

    Reports what a run would reject and what is probably a mistake: with file, line and column, the line itself and how
    to get an explanation. A comment in the mapping can ignore a finding, with a reason.
    """
    if explain or rules:
        from leadingest.lint.explain import explained, rules_text

        click.echo(explained(explain) if explain else rules_text(), nl=False)
        return

    from leadingest import Project
    from leadingest.cli.support.output import show, show_patch

    gc.freeze()  # what was imported stays: the collector need not look through it for each mapping
    result = Project.open(**settings).lint(
        *sources, files=paths, sample=sample, newest=newest, fix=fix and not diff
    )
    if diff:
        show_patch(result.fixed_texts())
        return
    from leadingest.reports.lint import LintReport

    show(LintReport(result), output_format)
    if code := result.exit_code(strict=strict):
        raise SystemExit(code)
