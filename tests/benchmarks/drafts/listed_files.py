"""The files that drafts are measured on, and the good mappings that the drafts are held to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from tests.real_deliveries import DATA

ROOT: Final = Path(__file__).parents[3]
_REFERENCES: Final = Path(__file__).with_name("references.yaml")
#: Each with its good mapping beside it.
_MADE_UP: Final = Path(__file__).with_name("made_up")

#: Source → its file under the data. Several layouts of one source are sources of their own.
FILES: Final = {
    "source1": "exercise/source1.csv",
    "source2": "exercise/source2.csv",
    "source3": "exercise/source3.csv",
    "ne_childcare": "samples/ne_childcare/2026-02-16.csv",
    "nys_home_daycare": "samples/nys_home_daycare/2014-08-25.csv",
    "tx_childcare_full": "samples/tx_childcare_full/2022-02.xlsx",
    "sf_leads_brightwheel": "samples/sf_leads_brightwheel/2024.csv",
    "ca_ccld_centers": "samples/ca_ccld_centers/2025-05-25.csv",
    "ca_ccld_homes": "samples/ca_ccld_homes/2025-05-25.csv",
    "scottsdale_business_licences": "samples/scottsdale_business_licences/2018_pipe.txt",
    "wales_schools_latin1": "samples/wales_schools_latin1/2018.csv",
    "mo_relief_ppp_2021": "samples/mo_relief_ppp/2021-r1.xlsx",
    "mo_relief_ppp_2022": "samples/mo_relief_ppp/2022-r3.xlsx",
}


@dataclass(frozen=True)
class ListedFile:
    """A delivery with its good mapping, or else with the headers that each field of that is made of."""

    source: str
    path: Path
    mapping: Path | None
    headers: dict[str, list[str | int]]


def real_files() -> list[ListedFile]:
    """The real deliveries; none where they do not lie beside the repository."""
    if not DATA.is_dir():
        return []
    references = yaml.safe_load(_REFERENCES.read_text(encoding="utf-8"))
    found = []
    for source, name in FILES.items():
        shipped = ROOT / "mappings" / f"{source}.yaml"
        found.append(
            ListedFile(
                source, DATA / name, shipped if shipped.is_file() else None, references.get(source, {})
            )
        )
    return found


def made_up_files() -> list[ListedFile]:
    """The lists of invented providers that the project ships, each in a shape of its own."""
    mappings = sorted(_MADE_UP.glob("*.yaml"))
    files = {path.stem: path for path in _MADE_UP.iterdir() if path.suffix != ".yaml"}
    return [ListedFile(path.stem, files[path.stem], path, {}) for path in mappings]
