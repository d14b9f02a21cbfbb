"""`values`: a value map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar

import polars as pl
from pydantic import AfterValidator, Field, field_validator

from leadingest.expressions import checked_pattern, squeezed, usually
from leadingest.operations.base import (
    INVALID,
    ON_UNRECOGNIZED,
    Example,
    FieldValue,
    OnUnrecognized,
    RecognizingOperation,
    Switch,
)


def pattern_in(key: str) -> str:
    """The regular expression that stands between the slashes of a key; "" in a key that is a text."""
    return key[1:-1] if len(key) > 2 and key.startswith("/") and key.endswith("/") else ""


def _checked(key: str) -> str:
    checked_pattern(pattern_in(key))
    return key


Key = Annotated[str, AfterValidator(_checked)]
Map = Annotated[dict[Key, FieldValue], Field(min_length=1)]


class Values(RecognizingOperation):
    """Replace listed values: the value of the source with the value of the field.

    Capitals and white space do not count: the key `Full Permit` also stands for `FULL  PERMIT`. Where two keys differ
    in nothing else, each stands for its own spelling only. With `exact: true`, every key does. A key between slashes,
    `/^initial/`, is a regular expression (the syntax of Rust's `regex`) that may match anywhere; texts are tried first,
    then patterns in the order written. `""` means no value. `otherwise` must say what to do with a value that is not
    listed. `values: NAME` is the map of that name under `maps`.
    """

    values: Map
    otherwise: OnUnrecognized = Field(
        description=f"What to do with a value that is not listed: {ON_UNRECOGNIZED}."
    )
    exact: Switch | None = Field(default=None, description="`true`: capitals and white space count.")

    problem: ClassVar[str] = "is not in the value map"
    leaves_blanks: ClassVar[bool] = False
    examples: ClassVar = (
        Example(
            '{from: Status, values: {Full Permit: active, Initial: provisional, None: ""}, otherwise: invalid}',
            (
                ("Full Permit", "active"),
                ("FULL  PERMIT", "active"),
                ("None", None),
                ("Lapsed", INVALID),
            ),
        ),
        Example(
            '{from: Status, values: {Full Permit: active, "/^initial|renewed/": provisional}, otherwise: invalid}',
            (("Initial Permit", "provisional"), ("RENEWED INITIAL", "provisional"), ("Lapsed", INVALID)),
        ),
        Example(
            "{from: Role, values: {DIR: Director}, exact: true, otherwise: keep}",
            (("DIR", "Director"), ("dir", "dir"), ("Owner", "Owner")),
        ),
    )

    @field_validator("values", mode="before", json_schema_input_type=dict[str, FieldValue | None] | str)
    @classmethod
    def _nothing_is_blank(cls, value: object) -> object:
        if isinstance(value, dict):
            return {key: "" if text is None else text for key, text in value.items()}
        return value

    def expr(self, value: pl.Expr) -> pl.Expr:
        return self._chosen(value, list(self.values.values()))

    def keys_of(self, values: Iterable[str]) -> list[str | None]:
        """The key that takes each of the values; None where it is not listed."""
        keys = self._chosen(pl.col("value"), list(self.values))
        return (
            pl.DataFrame({"value": list(values)}, schema={"value": pl.String})
            .select(keys)
            .to_series()
            .to_list()
        )

    def unlisted(self, values: Iterable[str]) -> list[str]:
        """Those of the values that no key takes."""
        there = list(values)
        return [value for value, key in zip(there, self.keys_of(there), strict=True) if key is None]

    def _chosen(self, value: pl.Expr, outcomes: Sequence[str]) -> pl.Expr:
        """The outcome that stands in the place of the key that takes the value."""
        texts = {
            key: outcome for key, outcome in zip(self.values, outcomes, strict=True) if not pattern_in(key)
        }
        patterns = {
            pattern: outcome
            for key, outcome in zip(self.values, outcomes, strict=True)
            if (pattern := pattern_in(key))
        }

        def as_spelled(text: pl.Expr) -> pl.Expr:
            return _replaced(text, texts)

        def otherwise(text: pl.Expr) -> pl.Expr:
            found = [] if self.exact else [_replaced(_plain(text), self._plain_keys(texts))]
            for pattern, outcome in patterns.items():
                tried = (
                    text.str.contains(pattern)
                    if self.exact
                    else squeezed(text).str.contains(f"(?i:{pattern})")
                )
                found.append(pl.when(tried).then(pl.lit(outcome)))
            return pl.coalesce(found) if found else pl.lit(None, pl.String)

        return usually(value, as_spelled, otherwise) if patterns or not self.exact else as_spelled(value)

    def _plain_keys(self, texts: dict[str, str]) -> dict[str, str]:
        """What the keys stand for in whatever spelling; none of several that mean different things."""
        plain = pl.DataFrame({"key": list(texts)}, schema={"key": pl.String}).select(_plain(pl.col("key")))
        found: dict[str, tuple[str, str]] = {}
        unclear = set()
        for key, written in zip(plain["key"], texts, strict=True):
            meaning, _ = found.setdefault(key, (self.values[written], written))
            if meaning != self.values[written]:
                unclear.add(key)
        return {key: texts[written] for key, (_, written) in found.items() if key not in unclear}


def _plain(text: pl.Expr) -> pl.Expr:
    return squeezed(text).str.to_lowercase()


def _replaced(text: pl.Expr, texts: dict[str, str]) -> pl.Expr:
    return text.replace_strict(list(texts), list(texts.values()), default=None, return_dtype=pl.String)
