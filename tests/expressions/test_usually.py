from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from leadingest.expressions.let import let
from leadingest.expressions.usually import usually

TEXT = pl.col("text")


def quick(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains("^[a-m]+$")).then(text.str.to_uppercase())


def thorough(text: pl.Expr) -> pl.Expr:
    written = pl.concat_str([pl.lit("<"), text, pl.lit(">")])
    return let(written, lambda it: pl.when(it.str.len_chars() < 5).then(it))


@given(texts=st.lists(st.none() | st.text(st.sampled_from("amz1"), min_size=1, max_size=4)))
def test_it_gives_what_coalesce_gives(texts: list[str | None]) -> None:
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    value = frame.lazy().select(usually(TEXT, quick, thorough).alias("value")).collect()["value"]
    assert value.to_list() == frame.select(pl.coalesce(quick(TEXT), thorough(TEXT)))["text"].to_list()


def test_the_thorough_work_is_done_only_where_it_is_needed() -> None:
    seen: list[str] = []

    def noted(texts: pl.Series) -> pl.Series:
        seen.extend(texts)
        return texts

    def watched(text: pl.Expr) -> pl.Expr:
        return text.map_batches(noted, return_dtype=pl.String, is_elementwise=True)

    frame = pl.DataFrame({"text": ["ab", "1", None, "z"]})
    assert frame.select(usually(TEXT, quick, watched).alias("value"))["value"].to_list() == [
        "AB",
        "1",
        None,
        "z",
    ]
    assert seen == ["1", "z"]


def test_one_may_stand_in_another() -> None:
    digits = lambda text: pl.when(text.str.contains("^[0-9]+$")).then(text)  # noqa: E731
    expr = usually(TEXT, quick, lambda rest: usually(rest, digits, thorough))
    frame = pl.DataFrame({"text": ["ab", "12345", "z"]})
    assert frame.select(expr.alias("value"))["value"].to_list() == ["AB", "12345", "<z>"]
