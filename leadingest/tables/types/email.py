"""`email`: an address that mail can be sent to."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import polars as pl

from leadingest.expressions import let, usually
from leadingest.tables.types.base import ColumnType, Evidence, Look, Storage, TypeExample

#: Longest address that fits SMTP's path of 256 octets with its brackets. Source: RFC 5321, section 4.5.3.1.3.
_LONGEST = 254

#: Most characters before the @. Source: RFC 5321, section 4.5.3.1.1.
_LONGEST_LOCAL = 64

#: The HTML standard's "valid e-mail address", with a dotted domain and no dot at an end of the local part.
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOCAL = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
#: A top-level domain is two letters at least, or letters of another script behind `xn--`: never a number, as that of an
#: IP address. Source: RFC 3696, section 2; IANA, "Root Zone Database".
_TOP = "(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])"
_EMAIL = rf"^{_LOCAL}@(?:{_LABEL}\.)+{_TOP}$"
_SHORT_LOCAL = f"^[^@]{{1,{_LONGEST_LOCAL}}}@"


class Email(ColumnType):
    """One email address. Stored in lowercase, without `mailto:`, angle brackets or punctuation after it."""

    name: ClassVar[str] = "email"
    problem: ClassVar[str] = "not an email address"
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("Office@Pine-Tree.example", "office@pine-tree.example"),
        TypeExample("mailto:office@pinetree.example", "office@pinetree.example"),
        TypeExample("<office@pinetree.example>;", "office@pinetree.example"),
        TypeExample("office@pinetree..example", None),
        TypeExample("office@pinetree", None),
        TypeExample("office@pinetree.c", None),
        TypeExample("office@192.0.2.1", None),
        TypeExample("a@pinetree.example, b@pinetree.example", None),
    )
    nearly: ClassVar[str] = r"<?(mailto:)?[a-z.'+]{1,8}@[a-z.-]{1,12}>?[.,;]?"
    look: ClassVar[Look] = Look(
        "email",
        r"^[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}$",
        "email addresses",
        Evidence.NO_TEXT,
        header="Email",
    )

    @property
    def storage(self) -> Storage:
        return Storage("text", length=_LONGEST)

    def parse(self, text: pl.Expr, *, today: date) -> pl.Expr:
        return usually(text, _if_valid, _stripped)


def _if_valid(text: pl.Expr) -> pl.Expr:
    fits = text.str.contains(_SHORT_LOCAL) & (text.str.len_chars() <= _LONGEST)
    return pl.when(text.str.contains(_EMAIL) & fits).then(text)


def _stripped(text: pl.Expr) -> pl.Expr:
    bare = text.str.to_lowercase().str.strip_chars_start("< ").str.strip_chars_end("> .,;:")
    return let(bare.str.strip_prefix("mailto:"), _if_valid)
