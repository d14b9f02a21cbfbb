"""`leadingest lint`."""

import gc
from pathlib import Path
from typing import Any

import click

from leadingest.cli.support.shared_options import FILE, FOLDER, format_option, mappings_option

_EPILOG = """\
\b
A finding that is meant stays, with the reason, in a comment on its line or above it:
  licensee_name: Name  # leadingest: ignore[LI103] the agency has one name for both

\b
Examples:
  leadingest lint                                   every mapping of the project
  leadingest lint mappings/acme.yaml --strict       one of them; warnings fail, too
  leadingest lint --source acme --sample acme.csv   compared with a delivery
  leadingest lint --diff                            what --fix would change
  leadingest lint --explain LI107                   what a code means
"""


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE|FOLDER]...")
@click.option(
    "--source", "sources", multiple=True, metavar="NAME", help="The mapping of this source; may be repeated."
)
@click.option("--sample", type=FILE, metavar="FILE", help="A delivery to compare the mapping with.")
@click.option("--newest", is_flag=True, help="Compare each mapping with its newest delivery in the inbox.")
@click.option("--strict", is_flag=True, help="Warnings end in exit code 1, as errors do.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing what a mapping means.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--explain", metavar="CODE", help="Say what a code means, with an example, and do nothing else."
)
@click.option("--rules", is_flag=True, help="Print all rules as Markdown, and do nothing else.")
@format_option("text", "concise", "json", "sarif", "github", "junit")
@mappings_option
@click.option(
    "--inbox", type=FOLDER, metavar="DIR", help="Folder in which deliveries arrive.  [default: inbox]"
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
    """Check mappings before anything runs, without a database.

    Says what a run would refuse, and what is likely not meant: with the file, line and column, the line itself
    and the way to an explanation. A comment in the mapping can have a finding ignored, for a reason.
    """
    if explain or rules:
        from leadingest.lint.explain import explained, rules_text

        click.echo(explained(explain) if explain else rules_text(), nl=False)
        return

    from leadingest.cli.support.lint_request import LintRequest, lint_result
    from leadingest.cli.support.output import text_width
    from leadingest.project import Project

    gc.freeze()  # what was imported stays: the collector need not look through it for each mapping
    request = LintRequest(paths, sources, sample, newest=newest, fix=fix and not diff)
    result = lint_result(request, Project.open(Path.cwd(), **settings))
    if diff:
        from leadingest.errors import EXIT_FINDINGS
        from leadingest.reports.patch import diff_text

        text = diff_text(result)
        click.echo(text, nl=False)
        if text:
            raise SystemExit(EXIT_FINDINGS)
        click.echo("there is nothing that --fix would change", err=True)
        return
    from leadingest.reports.lint_formats import lint_report

    click.echo(lint_report(result, output_format, width=text_width()), nl=False)
    if code := result.exit_code(strict=strict):
        raise SystemExit(code)
