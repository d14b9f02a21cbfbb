"""Where everything of a lake lies, as keys of its store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

#: Says that a folder or a prefix is a lake, and by which format.
MARK: Final = "lake.json"
#: The numbers of loads that were given; no load table has a name that begins so, and engines pass it over.
NUMBERS: Final = "_numbers"

#: What a part of a key has as it is; `=` is none of them, for a folder `x=y` is taken for a column.
_PLAIN: Final = re.compile(r"[A-Za-z0-9-](?:[A-Za-z0-9._-]*)")
_ODD: Final = re.compile(r"[^A-Za-z0-9.-]")
_PART: Final = re.compile(r"([0-9]+)/part(?:-[0-9]+)?\.parquet")


def safe_name(name: str) -> str:
    """The name of a source or an export as a part of a key: itself, or with `~2F` for what cannot stand there."""
    if _PLAIN.fullmatch(name):
        return name
    # A dot at the front hides a file, and dots alone lead out of the folder.
    hidden = name.startswith(".")
    text = _ODD.sub(lambda odd: "".join(f"~{byte:02X}" for byte in odd[0].encode("utf-8", "replace")), name)
    return f"~2E{text[1:]}" if hidden else text


def number_key(number: int) -> str:
    """Where it stands that the number was given."""
    return f"{NUMBERS}/{number:012}.json"


@dataclass(frozen=True)
class LakeLayout:
    """The keys of one load table."""

    table: str

    def ledger(self, source: str = "") -> str:
        """The ledger of the source; without one the folder of all."""
        return f"{self.table}/ledger/{safe_name(source)}.json" if source else f"{self.table}/ledger"

    @property
    def published_keys(self) -> str:
        """The keys of the leads that are published."""
        return f"{self.table}/published_keys.arrow"

    def lease(self, source: str) -> str:
        """What whoever loads the source holds."""
        return f"{self.table}/leases/{safe_name(source)}.json"

    def folder(self, kind: str, source: str) -> str:
        """The folder that data of a kind lies in."""
        return f"{self.table}/{kind}/{safe_name(source)}"

    def data(self, kind: str, source: str, load_id: int, generation: int = 0) -> str:
        """The file of a load; with a generation the one that a replay wrote."""
        part = f"part-{generation}" if generation else "part"
        return f"{self.folder(kind, source)}/{load_id}/{part}.parquet"

    def load_of(self, key: str, kind: str, source: str) -> int | None:
        """The load that a file in that folder belongs to; None where it is no file of ours."""
        found = _PART.fullmatch(key.removeprefix(f"{self.folder(kind, source)}/"))
        return int(found[1]) if found else None

    @property
    def leads(self) -> str:
        """The folder of all leads, which is a table for other engines."""
        return f"{self.table}/leads"

    def relative(self, key: str) -> str:
        """The key of a file of leads, as seen from their folder."""
        return key.removeprefix(f"{self.leads}/")

    def exports(self, name: str) -> str:
        """What was handed out under a name."""
        return f"{self.table}/exports/{safe_name(name)}.json"

    def export_lease(self, name: str) -> str:
        """What whoever writes an export of the name holds."""
        return f"{self.table}/leases/export~20{safe_name(name)}.json"

    def exported(self, name: str) -> str:
        """The folder of the leads that were handed out under a name."""
        return f"{self.table}/exported_leads/{safe_name(name)}"
