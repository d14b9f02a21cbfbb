"""Tests of leadingest.reports.leads."""

import json
from datetime import date
from decimal import Decimal

import click
import polars as pl
import pytest

from leadingest.errors import UsageError
from leadingest.reports.leads import LeadsReport, only_fields
from leadingest.reports.printable import display_width
from tests.reports.rendering import text, written

LEADS = pl.DataFrame(
    {
        "source_name": ["nevada", "nevada"],
        "company": ["Little Acorns", "Busy Bees, Ltd"],
        "first_name": [None, None],
        "phone": ["(702) 200-3000", None],
        "city": ["Reno", "Elko"],
        "state": ["NV", "NV"],
        "license_status": ["active", "closed"],
        "capacity": [12, 8],
        "license_issued": [date(2020, 9, 2), None],
    },
    schema_overrides={"first_name": pl.String},
)


def test_the_fields_that_matter_stand_first_and_blank_ones_are_left_out() -> None:
    assert click.unstyle(text(LeadsReport(LEADS))) == (
        "company         phone           city  state  license_status  capacity\n"
        "Little Acorns   (702) 200-3000  Reno  NV     active                12\n"
        "Busy Bees, Ltd                  Elko  NV     closed                 8\n"
        "\n"
        "2 leads\n"
        "6 of 9 fields; choose fields with --fields a,b,c, or show all with --format csv\n"
    )


def test_a_narrow_terminal_shows_as_many_fields_as_fit() -> None:
    shown = click.unstyle(text(LeadsReport(LEADS), width=50))
    assert shown.splitlines()[0] == "company         phone           city  state"
    assert "4 of 9 fields" in shown


@pytest.mark.parametrize("width", [30, 50, 80, 120])
def test_no_line_leads_is_wider_than_the_terminal(width: int) -> None:
    long = LEADS.with_columns(company=pl.lit("A very long name of a company indeed, " * 5))
    table = click.unstyle(text(LeadsReport(long), width=width)).partition("\n\n")[0]
    assert all(display_width(line) <= width for line in table.splitlines())


def test_fields_that_were_asked_for_are_all_shown() -> None:
    chosen = only_fields(LEADS, ["license_issued", "first_name", "company"])
    assert click.unstyle(text(LeadsReport(chosen, chosen=True))) == (
        "license_issued  first_name  company\n"
        "2020-09-02                  Little Acorns\n"
        "                            Busy Bees, Ltd\n"
        "\n"
        "2 leads\n"
    )


def test_that_there_are_more_leads_is_said() -> None:
    assert "the first 2 leads; show more with --limit N\n" in text(LeadsReport(LEADS, more=True))


def test_one_lead_is_one_lead() -> None:
    assert text(LeadsReport(LEADS.head(1))).splitlines()[-2] == "1 lead"


def test_a_load_table_with_other_fields_shows_those() -> None:
    shown = text(LeadsReport(pl.DataFrame({"firm": ["Acme"], "rating": [5]})))
    assert click.unstyle(shown).startswith("firm  rating\nAcme       5\n")


def test_no_leads_are_said_to_be_none() -> None:
    assert text(LeadsReport(LEADS.clear())) == "no leads yet\n"


def test_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"unknown field 'compny'; did you mean 'company'\?"):
        only_fields(LEADS, ["compny"])


def test_csv_has_every_field_and_quotes_what_needs_it() -> None:
    assert written(LeadsReport(LEADS), "csv").splitlines() == [
        "source_name,company,first_name,phone,city,state,license_status,capacity,license_issued",
        "nevada,Little Acorns,,(702) 200-3000,Reno,NV,active,12,2020-09-02",
        'nevada,"Busy Bees, Ltd",,,Elko,NV,closed,8,',
    ]


def test_json_keeps_types_and_says_null_for_blank() -> None:
    leads = only_fields(LEADS, ["company", "phone", "capacity", "license_issued"]).tail(1)
    leads = leads.with_columns(fee=pl.lit(Decimal("1.50")))
    assert json.loads(written(LeadsReport(leads), "json")) == {
        "version": 1,
        "leads": [
            {"company": "Busy Bees, Ltd", "phone": None, "capacity": 8, "license_issued": None, "fee": "1.50"}
        ],
    }


def test_leads_without_a_single_value_are_still_leads() -> None:
    blank = LEADS.select("first_name", "company").with_columns(company=pl.lit(None, pl.String))
    assert text(LeadsReport(blank)).endswith(
        "2 leads\n1 of 2 fields; choose fields with --fields a,b,c, or show all with --format csv\n"
    )
