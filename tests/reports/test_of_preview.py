"""Tests of leadingest.reports.of_preview: what is printed, to the letter."""

from __future__ import annotations

from pathlib import Path

import click

from leadingest.ingest.chosen_records import FirstRecords
from leadingest.reports.of_preview import preview_text
from tests.ingest.made_up_delivery import CSV
from tests.reports.previews import made_up_preview

PRINTED = """\
ohio: ohio.csv
  6 read = 3 leads + 2 rejected + 1 filtered
  2 rejects (1 capacity by integer, 1 company by required)
  4 invalid values (1 email, 1 license_number by unique, 1 license_status by values, 1
phone)

record 1, line 2
field           lead          as it came
company         Oak Tree      Name: Oak Tree
phone           +17402003000  Phone: 740-200-3000
city            Athens        Place: ATHENS, OH
license_status  active        Status: Open
license_number  A1            License: A1
capacity        12            Places: 12
blank: email

record 2, line 3
field           lead                                       as it came
company         Pine                                       Name: Pine
phone           +17402003001 x12                           Phone: 740-200-3001  ·  Ext: 12
city            Akron                                      Place: Akron
license_status  ✗ invalid: Status is not in the value map  Status: Asleep
license_number  A2                                         License: A2
capacity        8                                          Places: 8
email           ✗ invalid: E-mail is not an e-mail         E-mail: none
                address

record 3, line 4: filtered by where
header   cell
Name     Bar None
Phone    740-200-3002
Place    Akron
Status   Open
License  A3
Places   8
Kind     Bar

record 4, line 5: rejected: Name has no value, and must have one (company by required)
header   cell
Phone    740-200-3003
Place    Akron
Status   Shut
License  A4
Places   8
Kind     Home

field           filled  invalid  distinct  values, the most frequent first
company          100 %                  3  Elm  ·  Oak Tree  ·  Pine
phone             67 %     33 %         2  ✗ Phone: 740-200, Ext: 5  ·  +17402003000  ·  …
city             100 %                  2  Akron ×2  ·  Athens
license_status    67 %     33 %         1  ✗ Asleep  ·  active ×2
license_number    67 %     33 %         2  ✗ A1  ·  A1  ·  A2
capacity         100 %                  2  8 ×2  ·  12
email                      33 %            ✗ none

not in the mapping: 'Notes'
"""


def test_records_stand_beside_their_leads_and_fields_are_summed_up(tmp_path: Path) -> None:
    assert click.unstyle(preview_text(made_up_preview(tmp_path), width=90)) == PRINTED


def test_what_is_wrong_is_red(tmp_path: Path) -> None:
    text = preview_text(made_up_preview(tmp_path), width=90)
    assert "\x1b[31m✗ invalid: Status is not in the value map\x1b[0m" in text


def test_a_preview_of_the_first_records_says_so(tmp_path: Path) -> None:
    text = preview_text(made_up_preview(tmp_path, choice=FirstRecords(0), limit=2))
    assert text.startswith("ohio: ohio.csv, its first records only\n  2 read = 2 leads")


def test_a_cell_cannot_change_the_terminal(tmp_path: Path) -> None:
    csv = CSV.replace("Oak Tree", "Oak\x1b[2J [bold]Tree")
    text = click.unstyle(preview_text(made_up_preview(tmp_path, csv=csv), width=90))
    # In the lead one blank stands for it: the names of places and companies are squeezed.
    assert "company         Oak [2J [bold]Tree  Name: Oak\\x1b[2J [bold]Tree\n" in text
