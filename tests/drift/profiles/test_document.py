"""Tests of leadingest.drift.profiles.document."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.drift.profiles.document import PROFILES, profiles_frame, read_profile
from leadingest.drift.profiles.profile import ColumnProfile, DeliveryProfile, FieldProfile

COLUMN = ColumnProfile(
    position=1,
    header="Status",
    records=3,
    filled=2,
    distinct=2,
    sampled=2,
    values={"Open": 1, "Ünsure": 1},
    shapes={"a": 1.0},
    personal=False,
)
PROFILE = DeliveryProfile(
    records=3,
    columns=(COLUMN, ColumnProfile(position=2, header="<b>Phone", records=3, filled=0)),
    format="csv",
    encoding="utf-8",
    delimiter="\t",
    quote='"',
    header_row=2,
    fields={"phone": FieldProfile(2, 1)},
    repeated_keys=0.25,
)


def with_documents(*documents: str | None) -> pl.DataFrame:
    """The rows of the profile with other documents in them."""
    return profiles_frame(PROFILE).with_columns(profile=pl.Series(documents, dtype=pl.String))


def test_what_was_written_is_read() -> None:
    rows = profiles_frame(PROFILE)
    assert dict(rows.schema) == PROFILES
    assert rows.drop("profile").rows() == [(0, "", 3), (1, "Status", 2), (2, "<b>Phone", 0)]
    assert read_profile(rows) == PROFILE


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert read_profile(profiles_frame(PROFILE).reverse()) == PROFILE


def test_a_load_of_which_nothing_is_kept_has_no_profile() -> None:
    assert read_profile(profiles_frame(PROFILE).clear()) is None


def test_of_a_load_from_before_there_were_profiles_headers_and_counts_are_known() -> None:
    rows = with_documents(None, None, None).filter(pl.col("position") > 0)
    read = read_profile(rows)
    assert read is not None
    assert [(column.header, column.filled, column.measured) for column in read.columns] == [
        ("Status", 2, False),
        ("<b>Phone", 0, False),
    ]
    assert (read.records, read.encoding, read.header_row) == (2, "", None)


@given(
    st.text()
    | st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(json.dumps)
    | st.dictionaries(
        st.sampled_from(["version", "records", "filled", "values", "header", "fields"]),
        st.integers(1, 2) | st.text(),
    ).map(json.dumps)
)
def test_a_document_that_is_broken_or_of_another_version_is_as_good_as_none(document: str) -> None:
    read = read_profile(with_documents(document, document, document))
    assert read is not None
    assert [column.header for column in read.columns] == ["Status", "<b>Phone"]
    assert isinstance(read.records, int)


def test_nothing_is_taken_from_another_version() -> None:
    documents = profiles_frame(PROFILE)["profile"].str.replace('"version": 1', '"version": 2')
    read = read_profile(with_documents(*documents))
    assert read is not None
    assert (read.encoding, read.columns[0].measured) == ("", False)


@pytest.mark.parametrize("missing", ["records", "shapes"])
def test_a_key_that_is_missing_costs_only_itself_or_the_column(missing: str) -> None:
    document = json.loads(profiles_frame(PROFILE)["profile"][1])
    del document[missing]
    read = read_profile(with_documents(profiles_frame(PROFILE)["profile"][0], json.dumps(document), None))
    assert read is not None
    assert read.columns[0].measured == (missing == "shapes")
