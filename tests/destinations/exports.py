"""Made-up exports, marked and looked at."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from leadingest.destinations.exports import HANDED_OUT, NewExport
from tests.destinations.made_up import MadeUpLoads

NEW = NewExport(
    file_name="Étoile.csv",
    file_sha256="a" * 64,
    columns=("company", "phone"),
    chosen_by={"where": "company = 'Étoile'"},
    loads={"acme": 1},
    new=1,
    changed=0,
    reappeared=0,
    known=0,
    gone=0,
)


def leads(content: Mapping[str, str]) -> pl.DataFrame:
    return pl.DataFrame(list(content.items()), schema=HANDED_OUT, orient="row")


def mark(loads: MadeUpLoads, content: Mapping[str, str], *, name: str = "weekly", anew: bool = False) -> int:
    with loads.destination.exports.of_name(name) as export:
        return export.mark(NEW, leads(content), anew=anew).export_id


def handed_out(loads: MadeUpLoads, name: str = "weekly") -> dict[str, str]:
    with loads.destination.exports.of_name(name) as export:
        return dict(export.handed_out().iter_rows())
