"""A source of which one delivery with rejects was loaded."""

from __future__ import annotations

from typing import Any

from leadingest.deliveries.delivery import fingerprint
from leadingest.ingest.replay.rejects_file import RejectsLayout, rejects_as_file
from leadingest.ingest.replay.replay_rejects import replay_rejects
from leadingest.ingest.replay.replayed_rejects import ReplayedRejects
from tests.ingest.made_up_place import MadeUpPlace
from tests.loaded_tables import Row, assert_counted, tables_of

MAPPING = """\
source: utah
delivery: {match: "utah*"%s}
guards: {most_rejects: off, most_invalid: off}
%s
fields:
  company: {from: Name, required: true}
  phone: {from: Phone, on_invalid: reject}
  license_number: {from: License, unique: true, on_invalid: reject}
  capacity: {from: Places%s}
  license_status: {from: Status, values: {%s}, otherwise: reject}
ignore: [Kind]
"""
CSV = """\
Name,Phone,License,Places,Status,Kind
Oak,801-200-3000,A1,8,Open,Home
Elm,801-200-3001,A2,many,Shut,Home
Fir,801-200-3002,A3,8,Shut,Bar
Ash,801-200-3003,A1,8,Shut,Home
Bay,12,A5,8,Open,Home
Yew,"801-200-3004",A6,8,Open,Home
short,1
Fig,801-200-3005,A7,8,Asleep,Home
Box,801-200-3006,A8,8,Open,Home
"""


class ReplayPlace(MadeUpPlace):
    """A source of which one delivery was loaded."""

    def mapping(
        self, *, delivery: str = "", where: str = "", places: str = "", status: str = "Open: active"
    ) -> None:
        """The mapping, with what a test has to say of it."""
        text = MAPPING % (delivery, where and f"where: {where}", places, status)
        (self.folder / "mappings" / "utah.yaml").write_text(text, encoding="utf-8")

    def loaded(self, text: str | bytes = CSV, name: str = "utah.csv") -> int:
        """The number of the load of this delivery."""
        path = self.folder / "inbox" / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        (result,) = self.run("utah", file=path)
        assert result.status in {"loaded", "held"}, result
        assert result.load_id
        return result.load_id

    def replay(self, load_id: int | None = None, **options: Any) -> ReplayedRejects:
        """Its rejects once more, as the mapping is now."""
        with self.open() as destination:
            mapping = self.project.mapping("utah")
            return replay_rejects(mapping, destination, load_id, **options)

    def tables(self, load_id: int) -> dict[str, list[Row]]:
        """The rows of a load, and that its counts are those of the tables."""
        tables = tables_of(self.url, load_id)
        assert_counted(tables)
        return tables

    def numbers(self, load_id: int) -> list[int]:
        """The records that are leads."""
        return [int(lead["source_record_number"]) for lead in self.tables(load_id)["leads"]]

    def raw(self, load_id: int) -> str:
        """Its rejects as a file, `leadingest rejects --raw`."""
        with self.open() as destination:
            fmt = self.project.mapping("utah").delivery
            layout = RejectsLayout.of(
                fmt, destination.ledger.load(load_id), destination.diagnostics.headers(load_id)
            )
            return b"".join(rejects_as_file(destination.diagnostics.rejects(load_id), layout)).decode()

    def correct(self, text: str | bytes, load_id: int | None = None, **options: Any) -> ReplayedRejects:
        """The rejects as they stand in this file, `leadingest replay --file`."""
        path = self.folder / "fixed.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.corrected = fingerprint(path)
        return self.replay(load_id, corrected=self.corrected, **options)
