"""`postal_code`: a postal code of any country."""

from __future__ import annotations

from typing import ClassVar

import polars as pl
from pydantic import Field

from leadingest.addresses.countries import PostalCodes, postal_codes
from leadingest.documents.model_problems import TrueOrFalse
from leadingest.expressions import let, usually
from leadingest.tables.types.base import Evidence, Look, Storage, TypeExample
from leadingest.tables.types.regional import Regional

#: Characters that the longest has: Iran's `11936-12345`.
_LONGEST = 12
#: Where a sign may have been left out, counted from the end: no part of a code behind one is longer.
_FROM_THE_END = range(1, 6)
#: Countries whose sign on cars, the first letter of their code, may precede a postal code: `D-10115`.
_ONE_LETTER = frozenset(["AT", "BE", "DE", "ES", "FR", "IT", "LU", "NO", "SE"])
#: As many zeros may have been lost: Oslo has codes such as 0025.
_MOST_LOST = 2


class PostalCode(Regional):
    """A postal code, by the rules of its country. Stored in capitals and with its blank or hyphen, as `SW1A 1AA`.

    The country comes from `region`; without one, or in a country without postal codes, every value is invalid. Blanks and
    hyphens may be missing or misplaced, and the code of the country may precede it, as in `D-10115` or `CH-8001`.
    Leading zeros lost in a spreadsheet are restored only with `restore_zeros: true`, in countries whose codes are digits
    of one length.
    """

    restore_zeros: TrueOrFalse = Field(
        default=False,
        description="Restore one or two leading zeros, in countries whose codes are digits of one length. Otherwise "
        "codes that are too short are invalid.",
    )

    name: ClassVar[str] = "postal_code"
    problem: ClassVar[str] = "not a postal code of the country"
    mapping_options: ClassVar[frozenset[str]] = frozenset({"region", "restore_zeros"})
    examples: ClassVar[tuple[TypeExample, ...]] = (
        TypeExample("75011", None),
        TypeExample("75011", "75011", "region: FR"),
        TypeExample("sw1a1aa", "SW1A 1AA", "region: GB"),
        TypeExample("K1A-0B1", "K1A 0B1", "region: CA"),
        TypeExample("1234ab", "1234 AB", "region: NL"),
        TypeExample("00950", "00-950", "region: PL"),
        TypeExample("D-10115", "10115", "region: DE"),
        TypeExample("021341001", "02134-1001", "region: US"),
        TypeExample("800", None, "region: AU"),
        TypeExample("800", "0800", "region: AU, restore_zeros: true"),
        TypeExample("0000", None, "region: DK"),
        TypeExample("SW1A 1AA", None, "region: FR"),
    )
    nearly: ClassVar[str] = r"[A-Za-z]{1,2}[0-9]{1,2}[A-Z]? ?[0-9][A-Z]{2}|[0-9]{3,5}[ -]?[0-9A-Z]{0,4}"
    look: ClassVar[Look] = Look(
        "postal_code",
        r"^(?i:[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{4} ?[A-Z]{2}|[AC-FHKNPRTV-Y][0-9W][0-9W] ?[0-9AC-FHKNPRTV-Y]{4})$",
        "postal codes of the United Kingdom, Canada, the Netherlands or Ireland",
        Evidence.NO_OTHER_TYPE,
        header="Postal Code",
    )
    code: ClassVar[bool] = True

    @property
    def storage(self) -> Storage:
        return Storage("text", length=_LONGEST)

    def comparable(self, value: pl.Expr) -> pl.Expr:
        """The code; of `12345-6789`, as only the United States have it, the first five digits."""
        return value.str.replace("^([0-9]{5})-[0-9]{4}$", "${1}")

    def parse_in(self, text: pl.Expr, region: str | None) -> pl.Expr:
        codes = postal_codes(region) if region else None
        if region is None or codes is None:
            return pl.when(False).then(text)
        restored = codes.digits if self.restore_zeros else None
        return usually(
            text,
            lambda given: _if_standard(given, codes),
            lambda given: let(_signless(given, region, restored), lambda bare: _signed(bare, codes)),
        )


def _if_standard(text: pl.Expr, codes: PostalCodes) -> pl.Expr:
    return pl.when(text.str.contains(codes.pattern) & ~text.str.contains("^[0 -]+$")).then(text)


def _signless(text: pl.Expr, region: str, digits: int | None) -> pl.Expr:
    """The code in capitals without blanks and hyphens, and without the country before it; as many digits as there must be."""
    country = f"{region}|{region[0]}" if region in _ONE_LETTER else region
    prefix = f"^(?:{country})[ -]+([0-9])"
    bare = text.str.to_uppercase().str.replace(prefix, "${1}").str.replace_all("[ .-]+", "")
    if digits is None:
        return bare
    short = bare.str.contains(f"^[0-9]{{{digits - _MOST_LOST},{digits - 1}}}$")
    return pl.when(short).then(bare.str.zfill(digits)).otherwise(bare)


def _signed(bare: pl.Expr, codes: PostalCodes) -> pl.Expr:
    """The code as it is or with a blank or hyphen in it, whichever is its standard form."""
    signs = [sign for sign in " -" if sign in codes.pattern.replace("(?-u:", "")]
    ways = [bare] + [
        bare.str.replace(f"^(.+)(.{{{behind}}})$", f"${{1}}{sign}${{2}}")
        for sign in signs
        for behind in _FROM_THE_END
    ]
    return pl.coalesce(_if_standard(way, codes) for way in ways)
