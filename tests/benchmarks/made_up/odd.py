"""The small share of values that are odd, as in every real delivery; each share is stated once, here."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from tests.benchmarks.made_up.dice import Dice
from tests.benchmarks.made_up.words import FOREIGN_NAMES, joined, phone

#: Shares of all records.
SECOND_RECORD = 0.01
NO_PHONE = 0.005
PHONE_IN_ANOTHER_FORM = 0.01
INVALID_PHONE = 0.004
NO_NAME = 0.0005
FOREIGN_NAME = 0.01
STRAY_QUOTE = 0.005
NEWLINE_IN_NAME = 0.001
STRAY_BLANKS = 0.01
UNKNOWN_WORD = 0.002
UNREADABLE_DATE = 0.002
UNREADABLE_NUMBER = 0.001
INVALID_EMAIL = 0.002

_OTHER_FORMS = ("({}) {}-{}", "{}.{}.{}", "1-{}-{}-{}", "{}{}{}", "{}-{}-{} x12")
_INVALID_PHONES = ("000-000-0000", "123-555-0100", "N/A", "unknown", "702-555-CARE", "555-0143", "70255501")


def odd(values: pl.Series, dice: Dice, share: float, instead: pl.Series | str) -> pl.Series:
    """The values, in a share of the records replaced."""
    other = pl.lit(instead)
    return pl.select(pl.when(pl.lit(dice.chance(share))).then(other).otherwise(pl.lit(values))).to_series()


def second_records(records: pl.DataFrame, dice: Dice, place: Sequence[str]) -> pl.DataFrame:
    """Some stand for the provider of the record before them: they have what is in the columns `place` from there."""
    second = pl.lit(dice.chance(SECOND_RECORD))
    return records.with_columns(
        pl.when(second).then(pl.col(name).shift(1, fill_value=pl.col(name).first())).otherwise(pl.col(name))
        for name in place
    )


def odd_words(values: pl.Series, dice: Dice) -> pl.Series:
    """Some are words that no mapping has met."""
    return odd(values, dice, UNKNOWN_WORD, "To Be Determined")


def odd_dates(values: pl.Series, dice: Dice) -> pl.Series:
    """Some cannot be read."""
    return odd(values, dice, UNREADABLE_DATE, dice.pick(["2/30/21", "unknown", "13/13/13", "2021"]))


def odd_numbers(values: pl.Series, dice: Dice) -> pl.Series:
    """Some are none."""
    return odd(values.cast(pl.String), dice, UNREADABLE_NUMBER, dice.pick(["twelve", "12-14", "n.n."]))


def odd_emails(values: pl.Series, dice: Dice) -> pl.Series:
    """Some are no address."""
    return odd(values, dice, INVALID_EMAIL, dice.pick(["none", "ada@quillberry", "a@b.example, c@d.example"]))


def odd_phones(values: pl.Series, dice: Dice) -> pl.Series:
    """Some are written in another way, some are no number, some are missing."""
    forms: Sequence[str] = _OTHER_FORMS
    for form in forms:
        values = odd(values, dice, PHONE_IN_ANOTHER_FORM / len(forms), phone(dice, form=form))
    values = odd(values, dice, INVALID_PHONE, dice.pick(_INVALID_PHONES))
    return odd(values, dice, NO_PHONE, "")


def odd_names(values: pl.Series, dice: Dice) -> pl.Series:
    """Some have foreign letters, a quote that nobody closed, a line break, or blanks around; some are missing."""
    values = odd(values, dice, FOREIGN_NAME, joined(dice.pick(FOREIGN_NAMES), "’s ", values))
    values = odd(values, dice, STRAY_QUOTE, values.str.replace(" ", '" ', literal=True))
    values = odd(values, dice, NEWLINE_IN_NAME, values.str.replace(" ", "\n", literal=True))
    values = odd(values, dice, STRAY_BLANKS, joined("  ", values, " "))
    return odd(values, dice, NO_NAME, "")
