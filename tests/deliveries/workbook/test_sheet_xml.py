"""Tests of leadingest.deliveries.workbook.sheet_xml."""

from __future__ import annotations

import io
from html import escape

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.workbook.sheet_xml import RICH_TEXT, element_pieces, plain_text, rich_text
from leadingest.errors import DeliveryError

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<d xmlns="x"><before/>'


def damaged() -> DeliveryError:
    return DeliveryError("damaged")


def pieces(xml: str | bytes, size: int = 1 << 20) -> list[str]:
    content = xml if isinstance(xml, bytes) else xml.encode()
    return list(element_pieces(io.BytesIO(content), within="rows", element="row", size=size, damaged=damaged))


ROWS = '<row a="1">x</row><row/><row a="2"><c/></row>'


@pytest.mark.parametrize("size", [1, 3, 10, 1000])
def test_pieces_are_whole_elements_of_any_size(size: int) -> None:
    found = pieces(f"{HEAD}<rows>{ROWS}</rows><after/></d>", size)
    assert "".join(found) == ROWS
    assert all(piece.startswith("<row") and piece.endswith((">", "")) for piece in found)


@pytest.mark.parametrize(
    "xml",
    [
        f"\ufeff<d><rows>{ROWS}</rows></d>",
        f"<!-- by hand -->\n<d><rows>{ROWS}</rows></d>",
        "<x:d><x:rows><x:row a='1'>x</x:row><x:row/><x:row a='2'><x:c/></x:row></x:rows></x:d>",
        '<d><rows y="1"><row a="1"><![CDATA[x]]></row><row/><!-- two --><row a="2"><c/></row></rows></d>',
        '<d><rows><row a="1"><rPr><b/><color/></rPr>x<rPr/></row><row/><row a="2"><c/></row></rows></d>',
    ],
    ids=["byte order mark", "comment", "prefix and single quotes", "CDATA and comment", "looks"],
)
def test_the_spelling_of_a_file_does_not_matter(xml: str) -> None:
    assert "".join(pieces(xml)) == ROWS


def test_what_stands_in_cdata_is_text() -> None:
    assert pieces("<d><rows><row><![CDATA[a <b> & é]]></row></rows></d>") == [
        "<row>a &lt;b&gt; &amp; é</row>"
    ]


@pytest.mark.parametrize("xml", ["<d><rows/></d>", "<d><rows></rows></d>"])
def test_nothing_within_is_no_fault(xml: str) -> None:
    assert "".join(pieces(xml)) == ""


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"text",
        b"<d></d>",
        b"<d><rows>",
        b"<d><rows><row/></row",
        b'<!DOCTYPE d [<!ENTITY a "b">]><d><rows/></d>',
        b'<?xml version="1.0" encoding="latin-1"?><d><rows/></d>',
        b"<d><rows><row>\xff</row></rows></d>",
        "<d><rows/></d>".encode("utf-16"),
    ],
)
def test_xml_that_breaks_off_or_is_unusual_is_refused(xml: bytes) -> None:
    with pytest.raises(DeliveryError, match="damaged"):
        pieces(xml)


def test_an_element_of_more_than_16_mib_is_refused() -> None:
    with pytest.raises(DeliveryError, match="damaged"):
        pieces(b"<d><rows><row>" + b"x" * (18 << 20) + b"</row></rows></d>", size=1 << 20)


def plain(*texts: str) -> list[str]:
    return plain_text(pl.Series(texts), damaged).to_list()


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("a &lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;", "a <b> & \"c\" 'd'"),
        ("&#65;&#x41;&#xe9;&#x1F600;", "AAé😀"),
        ("&amp;lt; &#38;lt;", "&lt; &lt;"),
        ("a\r\nb\rc&#13;d", "a\nb\nc\rd"),
        ("_x000D__x0041_", "\rA"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD83D_ _x0000_ _x41_ _x", "_xD83D_ _x0000_ _x41_ _x"),
    ],
)
def test_references_and_codes_become_characters(xml: str, text: str) -> None:
    assert plain(xml) == [text]


@pytest.mark.parametrize("xml", ["&", "&;", "&nbsp;", "&#0;", "&#xD800;", "&#x110000;", "a & b"])
def test_a_reference_to_nothing_is_refused(xml: str) -> None:
    with pytest.raises(DeliveryError, match="damaged"):
        plain("fine", xml)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")), max_size=4))
def test_escaped_texts_come_back(texts: list[str]) -> None:
    written = [escape(text).replace("_x", "_x005F_x") for text in texts]
    assert plain_text(pl.Series(written, dtype=pl.String), damaged).to_list() == texts


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ("<t>a</t>", "a"),
        ('<t xml:space="preserve"> a </t>', " a "),
        ("<t/>", ""),
        ("", ""),
        ("<r><t>a</t></r>\n<r><t> b</t></r><r></r>", "a b"),
        ("<t>a</t><rPh><r><t>spoken</t></r></rPh>", "a"),
        ('<t>a</t><rPh sb="0" eb="1"><t>spoken</t></rPh><phoneticPr fontId="1"/>', "a"),
    ],
)
def test_a_text_is_put_together_from_its_runs(xml: str, text: str) -> None:
    assert pl.Series([xml]).str.contains(f"^{RICH_TEXT}$").all()
    assert rich_text(pl.Series([xml])).to_list() == [text]


@pytest.mark.parametrize("xml", ["a", "<t>a", "<t><b/></t>", "<r>a</r>", "<x/>", "<t>a</t>b"])
def test_what_is_no_text_does_not_fit(xml: str) -> None:
    assert not pl.Series([xml]).str.contains(f"^{RICH_TEXT}$").any()
