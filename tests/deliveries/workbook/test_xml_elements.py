from __future__ import annotations

import io

import pytest

from leadingest.deliveries.workbook.xml_elements import element_pieces
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
