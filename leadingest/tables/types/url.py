"""`url`: the address of a web page."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.expressions import let, usually
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample

_SCHEME_AND_HOST = "^((?i:https?)://[^/?#]*)"
_LABEL = "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_URL = rf"^https?://(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,59}})(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\\x00-\x1f]*)?$"


class Url(ColumnType):
    """The address of a web page. Stored with its scheme (`https://` if it has none), scheme and host in lowercase.

    The host must contain a dot; schemes other than http and https, and addresses with a user name, are invalid.
    """

    length: int = Field(default=255, ge=16, le=2048, description="Maximum number of characters.")

    name: ClassVar[str] = "url"
    problem: ClassVar[str] = "not a web address that fits the column"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("HTTP://Pine-Tree.example/About", "http://pine-tree.example/About"),
        TypeExample("www.pinetree.example", "https://www.pinetree.example"),
        TypeExample("pinetree", None),
        TypeExample("office@pinetree.example", None),
        TypeExample("ftp://pinetree.example", None),
    )
    nearly: ClassVar[str] = r"(https?://|HTTP://)?[a-zA-Z.-]{1,12}(:[0-9]{1,5})?(/[a-z?#%]{0,5})?"
    look: ClassVar[Look] = Look(
        "url", r"^(?i:https?://|www\.)\S+$", "web addresses", Evidence.NO_TEXT, header="Website"
    )

    @property
    def storage(self) -> Storage:
        return Storage("text", length=self.length)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, self._if_valid, self._completed)

    def _if_valid(self, text: pl.Expr) -> pl.Expr:
        return pl.when(text.str.contains(_URL) & (text.str.len_chars() <= self.length)).then(text)

    def _completed(self, text: pl.Expr) -> pl.Expr:
        has_scheme = text.str.contains("^(?i:https?)://")
        full = pl.when(has_scheme).then(text).otherwise(pl.concat_str([pl.lit("https://"), text]))
        host = full.str.extract(_SCHEME_AND_HOST, 1).str.to_lowercase()
        return let(pl.concat_str([host, full.str.replace(_SCHEME_AND_HOST, "")]), self._if_valid)
