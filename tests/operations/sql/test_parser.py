"""Tests of leadingest.operations.sql.parser: what reaches polars, and what never does."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.errors import FaultError
from leadingest.operations.sql.functions import FUNCTIONS
from leadingest.operations.sql.node import column_of
from leadingest.operations.sql.operators import DATE_PARTS, FORMS, OPERATORS, REFUSED, TYPES, UNICODE_FORMS
from leadingest.operations.sql.parser import read_sql
from leadingest.operations.sql_expression import parse_sql
from tests.searched import examples

#: All words that polars may ever get outside of quotes.
WORDS = {
    *FUNCTIONS,
    *TYPES,
    *TYPES.values(),
    *DATE_PARTS,
    *UNICODE_FORMS,
    *(word for each in (*OPERATORS, *FORMS) for word in re.findall(r"\b[A-Z]+\b", each)),
    *("LEADING", "TRAILING", "BOTH", "FROM", "AS"),
}
assert not WORDS & {"SELECT", "TABLE", "VALUES", "OVER", "CAST", "READ_CSV", "WITH", "UNION"}

QUOTED = re.compile(r"""'(?:[^']|'')*+'|"(?:[^"]|"")*+\"""")

FRAGMENTS = st.sampled_from(
    [
        *("a", "b", '"Street No"', '"a""b"', "'x'", "'it''s'", "''", "1", "1.5", ".5", "1e3", "NULL", "TRUE"),
        *(
            "(",
            ")",
            "(",
            ")",
            ",",
            " ",
            " ",
            "\n",
            "'",
            '"',
            "''",
            '""',
            "\\",
            "\\'",
            "--",
            "/*",
            "*/",
            "$$",
            "$a$",
            "`",
        ),
        *(
            ";",
            ".",
            "::",
            "[",
            "]",
            "{",
            "}",
            "#",
            "@",
            "?",
            "\0",
            "\u2028",
            "\u00a0",
            "É",
            "n'",
            "E'",
            "U&'",
            "q'[",
            "x'",
        ),
        *(
            "SELECT",
            "(SELECT 1)",
            "FROM",
            "read_csv('/etc/passwd')",
            "WITH",
            "VALUES",
            "TABLE",
            "EXISTS",
            "OVER ()",
        ),
        *(
            "AS",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "NOT",
            "IN",
            "IS",
            "BETWEEN",
            "LIKE",
            "DISTINCT FROM",
            "DATE",
        ),
        *(
            "INTERVAL",
            "'1 day'",
            "DATE '2026-03-01'",
            "TRIM(",
            "UPPER(",
            "COALESCE(",
            "EXTRACT(YEAR FROM ",
            "TRY_CAST(",
        ),
        *("MAX(", "COUNT(*)", "now()", "CAST(", "AS INT)", "AS TEXT)", *OPERATORS),
    ]
)
#: Operands and what joins them: most of these are expressions.
OPERANDS = st.sampled_from(
    ["a", "b", "'x'", "'%y'", "1", "TRUE", "NULL", "UPPER(a)", "(a = 'x')", "COALESCE(a, b)", "-1"]
)
JOINS = st.sampled_from(
    [
        *(f" {sign} " for sign in OPERATORS),
        " IN ('x') AND ",
        " LIKE 'x' OR ",
        " IS NULL = ",
        " IS DISTINCT FROM ",
    ]
)


def text_of(pieces: Sequence[str]) -> str:
    return "".join(pieces)


@settings(max_examples=examples(2000), deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=3), max_size=14).map(text_of))
def test_nothing_but_words_of_the_lists_reaches_polars(text: str) -> None:
    with contextlib.suppress(FaultError):
        sql = read_sql(text).sql
        bare = QUOTED.sub(" ", sql)
        assert "'" not in bare
        assert '"' not in bare
        assert {
            word.upper() for word in re.findall(r"[^\W\d]\w*", re.sub(r"[0-9.]+[eE]", "1", bare))
        } <= WORDS
        assert not re.search(r"--|/\*|\$|`|;|::|\[|\{|\\", bare)
        assert set(pl.sql_expr(sql).meta.root_names()) == set(map(column_of, read_sql(text).names()))


@settings(max_examples=examples(600), deadline=None)
@given(st.lists(st.tuples(OPERANDS, JOINS), min_size=1, max_size=5), OPERANDS)
def test_polars_reads_what_is_written_anew_as_it_reads_what_was_written(
    chain: list[tuple[str, str]], last: str
) -> None:
    text = text_of([*(f"{operand}{join}" for operand, join in chain), last])
    with contextlib.suppress(FaultError):
        # Names have a mark of ours, and numbers that are calculated with are wide.
        anew = re.sub(r"TRY_CAST\((-? ?1) AS BIGINT\)", r"\1", read_sql(text).sql).replace('"=', '"')
        assert str(pl.sql_expr(anew)) == str(pl.sql_expr(text))


@settings(max_examples=examples(300), deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20))
def test_a_text_and_a_name_reach_polars_as_they_are(text: str) -> None:
    literal, name = text.replace("'", "''"), text.replace('"', '""')
    assert pl.select(parse_sql(f"'{literal}'")).item() == text
    with contextlib.suppress(FaultError):
        assert parse_sql(f'"{name}"').meta.root_names() == [column_of(text)]


@pytest.mark.parametrize("count", [100, 10_000, 1_000_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("(", ")"),
        ("UPPER(", ")"),
        ("NOT ", ""),
        ("- ", ""),
        ("CASE WHEN TRUE THEN ", " END"),
        ("a IN (", ")"),
        ("a = 'x' OR " * 5, ""),
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(opening: str, closing: str, count: int) -> None:
    with pytest.raises(FaultError, match=r"must not be|must not have more than"):
        read_sql(f"a = 'x' OR {opening * count}TRUE{closing * count}")


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("(", ")"),
        ("UPPER(", ")"),
        ("NOT ", ""),
        ("NOT (", ")"),
        ("TRUE = NOT ", ""),
        ("DIV(", ", 2)"),
        ("'x' IN (", ")"),
    ],
)
def test_what_is_as_deep_as_can_be_is_computed(opening: str, closing: str) -> None:
    written = [f"{opening * depth}TRUE{closing * depth}" for depth in range(1, 20)]
    for text in written:
        try:
            read_sql(text)
        except FaultError:
            return
        parse_sql(text)
    pytest.fail("no depth was too much")


def test_a_list_may_be_as_long_as_the_expression() -> None:
    codes = ", ".join(f"'{code}'" for code in range(2000))
    frame = pl.DataFrame({column_of("a"): ["7", "x"]})
    assert frame.select(parse_sql(f"a IN ({codes})")).to_series().to_list() == [True, False]


@pytest.mark.parametrize("values", ["1, 'a'", "1, 1.5", "(1), (2)", "b, 'x'"])
def test_a_list_that_polars_takes_apart_is_short(values: str) -> None:
    with pytest.raises(FaultError, match="must not have more than"):
        read_sql(f"a IN ({', '.join([values] * 150)})")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be an SQL expression, such as UPPER(City)"),
        ("a =", "ends too early: a value is missing"),
        ("nonsense(a)", "must not use NONSENSE: unknown function; `leadingest reference sql` lists them"),
        ("UPPPER(a)", "must not use UPPPER: unknown function; did you mean UPPER?; "
         "`leadingest reference sql` lists them"),
        ("COUNT(a)", "must not use COUNT: it needs several records, but an expression sees only one"),
        ("UPPER(a) OVER ()", "must not use OVER: it needs several records, but an expression sees only one"),
        ("NOW()", "must not use NOW: it is not deterministic, but a record must always give the same lead"),
        ("CURRENT_DATE", "must not use CURRENT_DATE: it is not supported; use today, the day of the load"),
        ("CAST(a AS INT)", "must not use CAST: it fails at the first value that cannot be cast; use TRY_CAST"),
        ("a::INT", "must not cast with ::, which fails at the first value that cannot be cast; use TRY_CAST"),
        ("Street No", 'has no operator between Street and No: put a header with a blank in double quotes: "Street No"'),
        ("NVL(a, b)", "must not use NVL: it is not supported; use COALESCE(a, b)"),
        ("a -- b", "must not have comments"),
        ("a; DROP TABLE b", "must be one expression, without ;"),
        ("UPPER(a, b)", "must use UPPER as UPPER(text)"),
        ("LPAD(a, 1000000000)", "must have a whole number up to 1000, written out, in LPAD(text, n, 'x'), not 1000000000"),
        ("a ~ b", "must have a regular expression in single quotes, of at most 1000 characters, behind ~, not b"),
        ("a ~ '('", "must be a regular expression: at character 1, a ( is not closed"),
        ("NOT a", "must have a condition after NOT, such as a = 'Y'"),
        ("DATE '2026-02-30'", "must not have DATE '2026-02-30': it is written DATE '2026-03-01'"),
        ('""', 'must not have "": a header cannot be empty'),
        ("a + 1" + " + 1" * 50, "must not have more than 50 calculations; move a part to a `let` value"),
        ("d + INTERVAL '9000 years' + INTERVAL '1000 years'", "must not have INTERVALs of more than 9,999 years"),
        ("REGEXP_REPLACE(a, 'x', '\\1')", "names a group '1' that the pattern does not have: it would be "
         "replaced by nothing"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(FaultError) as refused:
        read_sql(text)
    assert str(refused.value) == message


def test_no_word_is_on_the_list_and_refused() -> None:
    assert WORDS & set(REFUSED) <= {"DATE", "TIME", "TIMESTAMP", "DATETIME", "DISTINCT", "FROM"}
