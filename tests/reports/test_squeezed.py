"""Tests of leadingest.reports.squeezed; that a page stays the same one is seen in tests/test_report_in_browser.py."""

from leadingest.reports.squeezed import squeezed

PAGE = """\
<style>
a :hover, b { color: red; --x: light-dark(#fff, #000); }
@media print {
  c { margin: 0 auto; }
}
</style>
<table><thead><tr><th>a</th></tr></thead>
<tbody>
<tr><td>1</td>
<td>a : b; c &lt;/td&gt;</td></tr>
</tbody></table>
<svg xmlns="http://www.w3.org/2000/svg"><path d="M 5 28 v -9.5 M 9 28 v -3"/></svg>
"""


def test_what_a_browser_does_not_need_is_left_out_and_text_stays() -> None:
    assert squeezed(PAGE) == (
        "<style>\na :hover,b{color:red;--x:light-dark(#fff,#000)}@media print{c{margin:0 auto}}</style>\n"
        '<table><thead><tr><th>a<tbody>\n<tr><td>1<td>a : b; c &lt;/td&gt;</table>\n<svg><path d="M5 28v-9.5M9 28v-3"/></svg>\n'
    )
