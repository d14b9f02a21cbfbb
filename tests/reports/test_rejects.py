"""The rejects of a load, for people."""

from datetime import UTC, datetime

import click

from leadingest.destinations.diagnostics import Reject, RejectGroup
from leadingest.destinations.ledger import LoadRow
from leadingest.reports.rejects import RejectsReport
from tests.reports.rendering import text

_NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
_LOAD = LoadRow(
    load_id=1200,
    source_name="utah",
    load_table="lead_sources",
    status="loaded",
    file_name="utah\x1b[31m.csv",
    file_size=10,
    file_sha256="a",
    mapping_hash="m",
    encoding="utf-8",
    records_read=40_000,
    records_loaded=38_000,
    records_rejected=2_000,
    records_filtered=0,
    invalid_values=0,
    extract_time=_NOON,
    started_at=_NOON,
    finished_at=_NOON,
    reason="",
    run_by="",
    program_version="0",
    published=True,
)


def test_only_the_first_example_of_a_reason_names_it_and_what_is_odd_is_harmless() -> None:
    group = RejectGroup(
        "phone",
        "phone",
        2_000,
        (
            Reject(7, 8, "Phone is not a valid phone number", '{"Phone":"\x1b]0;x\x07"}'),
            Reject(30_000, None, "Phone is not a valid phone number", "a\n\nb" * 100),
        ),
    )
    assert click.unstyle(text(RejectsReport(_LOAD, [group]), width=100)) == (
        "utah: load 1200: 2,000 of 40,000 records of utah\\x1b[31m.csv rejected\n"
        "\n"
        "rejects  field  rule   record  line  message                         as it came\n"
        '  2,000  phone  phone       7     8  Phone is not a valid phone nu…  {"Phone":"\\x1b]0;x\\x07"}\n'
        "                        30000        Phone is not a valid phone nu…  a ba ba ba ba ba ba ba ba ba b…\n"
        "\n"
        "hint: write all as a file to correct: leadingest rejects --load 1200 --raw > fixed.csv\n"
    )
