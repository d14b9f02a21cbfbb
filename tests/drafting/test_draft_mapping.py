"""Tests of leadingest.drafting.draft_mapping: whatever the file, the draft is a mapping that lints and loads it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadingest.deliveries.open_records import open_records
from leadingest.drafting.draft_text import draft_text
from leadingest.drafting.known_headers import KNOWN_HEADERS
from leadingest.engine.transform import Transform
from leadingest.errors import DeliveryError
from leadingest.ingest.lint_mappings import lint_mappings
from leadingest.mapping.read_mapping import read_mapping
from tests.drafting.drafts import DDL, drafted

PHRASES = [phrase for weights in KNOWN_HEADERS.values() for texts in weights.values() for phrase in texts]
HEADERS = st.one_of(
    st.sampled_from(PHRASES).map(str.title),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20
    ),
)
WORDS = (
    "Y|N|702-200-3000|a@oak.example|89501|NV|3/14/2011|2011-03-14|REED, ANN|Active|FAMILY HOME - K12|N/A|---|42|Infants"
    "|12 Elm St, Reno, NV 89501|6 WKS To 13 YRS|Oak DBA Pine|Ann Reed\nOwner|www.oak.example|0600 To 1800"
    "|Monitoring since 2020-12-18|Ann Reed (ann@oak.example)|Oak Child Care LLC|12 Elm St|6:30 AM|0 - 6|K-1234|"
)
CELLS = st.one_of(
    st.sampled_from(WORDS.split("|")),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A made-up list, as CSV."""
    headers = draw(st.lists(HEADERS, min_size=2, max_size=8))
    row = st.lists(CELLS, min_size=len(headers), max_size=len(headers))
    rows = draw(st.lists(row, min_size=1, max_size=6))
    # A record that repeats the header is none.
    assume(headers not in rows)
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([headers, *rows])
    return text.getvalue()


@settings(max_examples=40)
@given(lists())
def test_a_draft_lints_and_loads_every_record_that_has_a_name(content: str) -> None:
    with TemporaryDirectory() as folder:
        draft = drafted(Path(folder), content)
        path = Path(folder) / "acme.yaml"
        path.write_text(draft_text(draft), encoding="utf-8")
        mapping = read_mapping(path, ddl=DDL)
        assert draft.fields.keys() == mapping.fields.keys()
        found = {finding.code for finding in lint_mappings([path], ddl=DDL).findings}
        # A list without phone, address and city has nothing that tells two leads apart.
        assert found <= {"LI301"}
        with open_records(draft.sample.delivery, mapping.delivery) as records:
            transform = Transform(mapping, records.headers, today=date(2026, 3, 1))
            assert not transform.binding.new
            for batch in records.batches():
                mapped = transform.batch(batch.frame, numbers=batch.numbers, lines=batch.lines)
                # Only where a record has no name in any column that the mapping takes for one.
                assert set(mapped.rejects["field"].to_list()) <= {"company"}


def test_a_file_of_which_no_record_can_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "acme.xlsx"
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet("Providers")
        sheet.write_row(0, 0, ["Name", "City", "Zip"])
        sheet.write_row(1, 0, ["Oak", "Reno", "89501", "one cell too many"])
    with pytest.raises(DeliveryError, match="the only record cannot be read"):
        drafted(tmp_path, file.read_bytes(), name="acme.xlsx")
