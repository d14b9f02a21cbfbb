"""`email`: an address that mail can be sent to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from leadingest.expressions.let import let
from leadingest.expressions.usually import usually
from leadingest.tables.types.base import ColumnType, Storage, TypeExample

#: Longest address that fits SMTP's path of 256 octets with its brackets. Source: RFC 5321, section 4.5.3.1.3.
_LONGEST = 254

#: The HTML standard's "valid e-mail address", with a dotted domain and no dot at an end of the local part.
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_EMAIL = rf"^{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}$"


class Email(ColumnType):
    """One e-mail address. Stored in lower case, without `mailto:`, angle brackets or punctuation after it."""

    name: ClassVar[str] = "email"
    problem: ClassVar[str] = "not an e-mail address"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("Office@Pine-Tree.example", "office@pine-tree.example"),
        TypeExample("mailto:office@pinetree.example", "office@pinetree.example"),
        TypeExample("<office@pinetree.example>;", "office@pinetree.example"),
        TypeExample("office@pinetree..example", None),
        TypeExample("office@pinetree", None),
        TypeExample("a@pinetree.example, b@pinetree.example", None),
    )

    @property
    def storage(self) -> Storage:
        return Storage("text", length=_LONGEST)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, _if_valid, _stripped)


def _if_valid(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(_EMAIL) & (text.str.len_chars() <= _LONGEST)).then(text)


def _stripped(text: pl.Expr) -> pl.Expr:
    bare = text.str.to_lowercase().str.strip_chars_start("< ").str.strip_chars_end("> .,;:")
    return let(bare.str.strip_prefix("mailto:"), _if_valid)
