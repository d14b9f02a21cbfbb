"""The `leadingest` command and the list of its commands."""

import os

import click

from leadingest import __version__
from leadingest.cli.commands.approve import approve
from leadingest.cli.commands.ddl import ddl
from leadingest.cli.commands.diff import diff
from leadingest.cli.commands.drift import drift
from leadingest.cli.commands.duplicates import duplicates
from leadingest.cli.commands.explain import explain
from leadingest.cli.commands.export import export
from leadingest.cli.commands.invalid_values import invalid_values
from leadingest.cli.commands.leads import leads
from leadingest.cli.commands.lint import lint
from leadingest.cli.commands.loads import loads
from leadingest.cli.commands.mirror import mirror
from leadingest.cli.commands.new import new
from leadingest.cli.commands.plan import plan
from leadingest.cli.commands.preview import preview
from leadingest.cli.commands.prune import prune
from leadingest.cli.commands.rebuild import rebuild
from leadingest.cli.commands.reference import reference
from leadingest.cli.commands.rejects import rejects
from leadingest.cli.commands.replay import replay
from leadingest.cli.commands.report import report
from leadingest.cli.commands.rollback import rollback
from leadingest.cli.commands.run import run
from leadingest.cli.commands.schema import schema
from leadingest.cli.commands.spark_run import spark_run
from leadingest.cli.commands.status import status
from leadingest.cli.commands.test import test
from leadingest.cli.commands.worker import worker
from leadingest.cli.support.guarded import GuardedGroup

#: Every command, in the order in which `--help` lists them. A module of a command imports nothing heavy.
COMMANDS: tuple[click.Command, ...] = (
    run,
    worker,
    spark_run,
    preview,
    explain,
    drift,
    plan,
    loads,
    leads,
    diff,
    export,
    duplicates,
    rejects,
    invalid_values,
    report,
    status,
    replay,
    approve,
    rollback,
    prune,
    mirror,
    rebuild,
    new,
    lint,
    test,
    ddl,
    reference,
    schema,
)

_EPILOG = """\
\b
Exit codes, the same for every command:
    0  success, including a delivery that was loaded before
    1  a load failed or is held, lint, drift or a test found something, or no
       database was reached
    2  usage or configuration error: option, mapping, setting, password or permission
    3  nothing to work on: no mapping, no delivery or no database yet
  130  interrupted with Ctrl-C

\b
Settings, each later one wins: [tool.leadingest] in pyproject.toml, .env,
environment variables, options; LEADINGEST_PROJECT names another project than that of
the current folder, by its folder or s3:// prefix:
  LEADINGEST_DATABASE_URL         where leads go               [sqlite:///leads.db]
  LEADINGEST_INBOX                where deliveries arrive      [inbox]
  LEADINGEST_MAPPINGS             the mappings                 [mappings]
  LEADINGEST_DDL                  the load tables              [ddl]
  LEADINGEST_FALLBACK_ENCODING    of files that are not UTF-8  [none]
  LEADINGEST_MOST_REJECTS         guard: share of rejects      [50%]
  LEADINGEST_MOST_INVALID         guard: share of a field      [90%]
  LEADINGEST_FEWEST_RECORDS       guard: records               [1]
  LEADINGEST_LARGEST_FALL         guard: against the last load [20%]
  LEADINGEST_LEAST_KEYS_IN_COMMON guard: against the last load [20%]
  LEADINGEST_MOST_HIDDEN          guard: share behind others   [50%]
  LEADINGEST_SENT_BEFORE          guard: hold, publish         [hold]
  LEADINGEST_OLDER_DELIVERY       guard: hold, publish         [hold]
  LEADINGEST_FUTURE_DELIVERY      guard: hold, publish         [hold]
  LEADINGEST_DEAD_LETTERS         deliveries that failed; off  [dead_letters]
  LEADINGEST_ARCHIVE              those that were loaded; off  [off]
  LEADINGEST_MIRROR               published loads are copied   [none]
  LEADINGEST_NOTIFY               services to send messages to [off]
  LEADINGEST_NOTIFY_ON            what a message is sent for   [failed,held,late]
  LEADINGEST_LINEAGE              OpenLineage endpoint; off    [off]
  LEADINGEST_LINEAGE_KEY          its API key                  [none]
  LEADINGEST_LINEAGE_NAMESPACE    of the jobs                  [leadingest]
  LEADINGEST_LOG_FORMAT           off, text, json              [off]
  LEADINGEST_LOG_LEVEL            debug, info, warning, error  [info]
"""


class _InOrder(GuardedGroup):
    """Lists the commands as they are registered, most used first, instead of by letter."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(
    name="leadingest",
    cls=_InOrder,
    commands=list(COMMANDS),
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="leadingest")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Load lead files of every shape into one clean table.

    One YAML file, the mapping, describes a source; `leadingest run` does the rest.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
