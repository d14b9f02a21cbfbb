"""Tests of leadingest.deliveries.workbook.number_formats."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.workbook.number_formats import DigitMasks, NumberFormat, masked, sections

#: A format, a number as it is stored, and what Excel shows.
SHOWN = [
    ("00000", "45", "00045"),
    ("00000", "850012345", "850012345"),
    ("00000-0000", "12345678", "01234-5678"),
    ("00000-0000", "1234567890", "123456-7890"),
    ("000-00-0000", "123456789", "123-45-6789"),
    ("00000\\-0000", "12345678", "01234-5678"),
    ("000 000 0000", "8005550100", "800 555 0100"),
    ("\\(000\\) 000-0000", "8005550100", "(800) 555-0100"),
    ('"CA-"00000', "123", "CA-00123"),
    ('"A0-"000"-0"', "7", "A0-007-0"),
    ("\\C\\A\\-00000", "123", "CA-00123"),
    ('"x;y"00', "1", "x;y01"),
    ("_(00000_)", "2134", "02134"),
    ("_(* 00000_);_(* \\(00000\\);_(@_)", "2134", "02134"),
    ("[$-409]00000", "2134", "02134"),
    ("[$-409]00000;@", "2134", "02134"),
    ("[$CA-409]000", "7", "CA007"),
    ("[Red]00000", "2134", "02134"),
    ("[Color 3]00000", "2134", "02134"),
    ("[<=99999]00000;00000-0000", "2134", "02134"),
    ("[<=99999]00000;00000-0000", "21341001", "02134-1001"),
    ("[<=99999]00000;General", "123456", "123456"),
    ("[>99999]00000-0000;[<100]000;00000", "21341001", "02134-1001"),
    ("[>99999]00000-0000;[<100]000;00000", "7", "007"),
    ("[>99999]00000-0000;[<100]000;00000", "2134", "02134"),
    ("[=7]00000", "8", "8"),
    ("[<>7]00000", "8", "00008"),
    ("00000;-00000", "0", "00000"),
    ('00000;-00000;"000"00', "0", "00000"),
    ("00000;-00000;00", "0", "00"),
    ("00000;-00000;General", "0", "0"),
    ("General;-00000", "5", "5"),
]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"),
        ("@", "number"),
        ("0.00E+00", "number"),
        ('#,##0.00 "USD days"', "number"),
        ('0" days"', "number"),
        ("[Red]0.00", "number"),
        ("_($* #,##0.00_)", "number"),
        ("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "number"),
        ("m/d/yyyy", "date"),
        ("[$-409]mmmm d, yyyy;@", "date"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "date"),
        ("dd/mm/yy\\ hh:mm", "date"),
        ("mmm", "date"),
        ("YYYY", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("[h]:mm:ss", "elapsed"),
        ("[mm]:ss", "elapsed"),
        ("00000", "digits"),
        ("00000\\-0000", "digits"),
        ("0", "number"),
        ("0" * 33, "number"),
        ('"m;d"00000', "digits"),
        ('"d;"yyyy', "date"),
    ],
)
def test_the_code_of_a_format_tells_what_a_number_is(code: str, kind: str) -> None:
    assert NumberFormat.of(code).kind == kind


@pytest.mark.parametrize(("code", "number", "text"), SHOWN)
def test_a_whole_number_is_what_the_spreadsheet_shows(code: str, number: str, text: str) -> None:
    masks = DigitMasks.of(code)
    assert masks is not None
    assert masks.shown(pl.Series([number, number])).to_list() == [text, text]


@pytest.mark.parametrize("number", ["12.5", "-5", "", "abc", "1E5"])
def test_what_is_no_whole_number_stays_as_it_is(number: str) -> None:
    masks = DigitMasks.of("00000;00000;00000")
    assert masks is not None
    assert masks.shown(pl.Series([number])).to_list() == [number]


@pytest.mark.parametrize(
    "code",
    [
        *(
            "0",
            '0" days"',
            "0.00",
            "00.0",
            "#,##0",
            "00,000",
            "00%",
            "00/00",
            "###-####",
            "?00",
            "00E+00",
            "00x",
        ),
        *("General", "@", "", ";", '"', "[", "[DBNum1]00", "[h]:mm", "yyyy", "0" * 33, '"00"', "00\\"),
    ],
)
def test_a_format_that_is_not_understood_is_no_mask(code: str) -> None:
    assert DigitMasks.of(code) is None


@given(st.text(st.sampled_from('0;"\\_*[]<>=9-# ady'), max_size=30), st.integers(0, 10**12))
def test_no_format_loses_a_digit(code: str, number: int) -> None:
    masks = DigitMasks.of(code)
    if masks:
        (shown,) = masks.shown(pl.Series([str(number)]))
        digits = iter(shown)
        assert all(digit in digits for digit in str(number))


@given(st.text(st.sampled_from('0;"\\_*[]<>=9-# ady'), max_size=30))
def test_no_sign_of_a_code_is_lost(code: str) -> None:
    signs = "".join(sign for section in sections(code) for sign in section)
    assert len(signs) + len(sections(code)) - 1 == len(code)


def test_a_longer_number_is_longer_at_its_beginning() -> None:
    assert masked(pl.Series(["1234567"]), ("A", 2, "-", 3)).to_list() == ["A1234-567"]
