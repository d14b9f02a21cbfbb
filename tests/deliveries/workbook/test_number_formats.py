from __future__ import annotations

import pytest

from leadingest.deliveries.workbook.number_formats import NumberFormat


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
