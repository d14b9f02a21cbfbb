"""Tests of leadingest.reports.mirror."""

import click
import pytest

from leadingest.errors import DestinationError
from leadingest.mirroring.mirrored_source import MirroredSource
from leadingest.reports.mirror import MirrorReport
from leadingest.reports.render.text import blocks_text
from tests.reports.rendering import text

COPIED = MirroredSource("texas", "lead_sources", "copied", load_id=12, copy_id=12, leads=1200, pruned=(3, 4))
RESULTS = [
    COPIED,
    MirroredSource("utah", "lead_sources", "unchanged", load_id=3, copy_id=3, leads=9, pruned=(1,)),
    MirroredSource("iowa", "lead_sources", "unchanged", load_id=2, copy_id=2, leads=9),
    MirroredSource("ohio", "lead_sources", "withdrawn"),
    MirroredSource("maine", "lead_sources", "failed", message="it is busy", hint="wait", exit_code=1),
]


def report(*results: MirroredSource, **more: object) -> MirrorReport:
    return MirrorReport(results, "mysql://me:***@db/leads", "s3://leads/mirror", **more)  # type: ignore[arg-type]


def test_what_has_changed_is_shown_and_the_rest_is_counted() -> None:
    assert click.unstyle(text(report(*RESULTS))) == (
        """\
source  load  leads  status
texas     12  1,200  copied, 2 old loads pruned
utah       3      9  unchanged, 1 old load pruned
ohio                 withdrawn
maine                failed

mirror in s3://leads/mirror: 5 sources: 1 copied, 1 withdrawn, 2 unchanged, 1 failed
"""
    )


def test_errors_say_which_source_or_that_it_is_the_mirror() -> None:
    assert click.unstyle(blocks_text(report(*RESULTS).errors())) == "error: maine: it is busy\nhint: wait\n"
    broken = report(problem=DestinationError("no such bucket", hint="make it"))
    assert (text(broken), click.unstyle(blocks_text(broken.errors()))) == (
        "",
        "error: mirror: no such bucket\nhint: make it\n",
    )


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (report(*RESULTS), 1),
        (report(COPIED), 0),
        (report(), 0),
        (report(problem=DestinationError("no such bucket")), 1),
    ],
)
def test_the_exit_code_is_that_of_the_worst_source(made: MirrorReport, code: int) -> None:
    assert made.exit_code == code
