"""`dba`: the legal or the trade name out of "Sunny Kids LLC dba Little Oak"."""

from __future__ import annotations

from typing import ClassVar, Final, Literal, get_args

import polars as pl

from leadingest.expressions import BLANKS, usually
from leadingest.operations.base import INVALID, Example, PartOperation

Part = Literal["legal", "trade"]

#: What stands between the two names.
_BETWEEN: Final = r"dba\b|d[./ ]b[./ ]a\b[./]?|doing business as\b|t/a\b|trading as\b"
_WORD: Final = rf"(?i:(?:^|[\s,;:–—-])(?:{_BETWEEN}))"
_IN_BRACKETS: Final = rf"\(\s*(?i:{_BETWEEN})"
#: Signs beside it that belong to neither name.
_SIGNS: Final = r"[\s,;:–—-]*"
#: The legal name, then the trade name; the latter in brackets, or not.
_NAMES: Final = (
    rf"(?s)^(?P<legal>.*?){_SIGNS}{_IN_BRACKETS}{_SIGNS}(?P<trade>.*?)\s*\)$",
    rf"(?s)^(?P<legal>.*?){_SIGNS}{_WORD}{_SIGNS}(?P<trade>.*)$",
)
#: Tells that there are two.
_MARK: Final = f"{_WORD}|{_IN_BRACKETS}"
_PARTS: Final = pl.Struct(dict.fromkeys(get_args(Part), pl.String()))


class Dba(PartOperation):
    """Take the legal name or the trade name out of a cell that has both, with `dba` between: `Sunny Kids LLC dba Little Oak`.

    `dba` is also written `d/b/a`, `d.b.a.`, `doing business as`, `t/a` or `trading as`, in any case, and the trade name may
    stand in brackets. A cell without it, or with nothing behind it, has one name, which is both. With nothing before it,
    there is no legal name. A cell with `dba` in it twice, or with a bracket left over, is not recognized.
    """

    dba: Part

    leaves_blanks: ClassVar[bool] = False
    problem: ClassVar[str] = "is not a legal name and a trade name"
    examples: ClassVar = (
        Example(
            "{from: Name, dba: legal}",
            (
                ("Sunny Kids LLC dba Little Oak", "Sunny Kids LLC"),
                ("REED, ANN (D/B/A LITTLE OAK)", "REED, ANN"),
                ("Little Oak", "Little Oak"),
                ("DBA Little Oak", None),
            ),
        ),
        Example(
            "{from: Name, dba: trade}",
            (
                ("Sunny Kids LLC dba Little Oak", "Little Oak"),
                ("REED, ANN (D/B/A LITTLE OAK)", "LITTLE OAK"),
                ("Little Oak", "Little Oak"),
                ("Sunny Kids LLC, d.b.a.: Little Oak (North)", "Little Oak (North)"),
                ("Sunny Kids dba Oak dba Elm", INVALID),
            ),
        ),
    )

    def apart(self, value: pl.Expr) -> pl.Expr:
        return usually(value, _one_name, _two_names, _PARTS)

    def part(self, parts: pl.Expr) -> pl.Expr:
        return parts.struct.field(self.dba)


def _one_name(value: pl.Expr) -> pl.Expr:
    """What has one name, which is both; null for others."""
    return pl.when(~value.str.contains(_MARK)).then(pl.struct(value.alias("legal"), value.alias("trade")))


def _two_names(value: pl.Expr) -> pl.Expr:
    """Of what has the word; nothing but the word is a name like another one, and null what is not recognized."""
    names = [value.str.extract_groups(pattern) for pattern in _NAMES]
    legal, trade = (
        pl.coalesce(each.struct.field(name) for each in names).str.strip_chars(BLANKS)
        for name in get_args(Part)
    )
    trade = pl.when(trade != "").then(trade).otherwise(legal)
    one = pl.struct(value.alias("legal"), value.alias("trade"))
    two = pl.struct(legal.alias("legal"), trade.alias("trade"))
    whole = (value.str.count_matches(_MARK) == 1) & _closed(legal) & _closed(trade)
    return pl.when(trade == "").then(one).when(whole).then(two)


def _closed(name: pl.Expr) -> pl.Expr:
    """Whether the name has as many brackets that open as close."""
    opening, closing = (name.str.count_matches(sign, literal=True) for sign in "()")
    return opening == closing
