from __future__ import annotations

from html import escape

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadingest.deliveries.workbook.xml_text import RICH_TEXT, plain_text, rich_text
from leadingest.errors import DeliveryError


def damaged() -> DeliveryError:
    return DeliveryError("damaged")


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
