"""The names of most lists, which are read by their form: `ANN & BOB REED` as `EVE & JIM OAK`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

import polars as pl

from leadingest.expressions import on_distinct
from leadingest.operations.names import vocabulary as of
from leadingest.operations.names.capitals import capitalized
from leadingest.operations.names.parsed_name import words_with_a_meaning
from leadingest.operations.names.people import PARTS, read_person

_PARTS: Final = pl.Struct(dict.fromkeys(PARTS, pl.String))
_WORD: Final = "[A-Za-z]+(?:['-][A-Za-z]+)*[.]?"
#: What stands between two words, so that nobody takes them for one.
_BETWEEN: Final = "(?:[&+/;]|[&+/;(),-]{0,2}[ ,][ &+/;(),-]{0,2})"
_WRITTEN: Final = rf"^{_WORD}(?:{_BETWEEN}{_WORD})*[),]?$"
#: In characters: no more does `read_person` look at.
_LONGEST: Final = 120
#: Shares of which the reading asks whether one is more; of 0.9, too, whether it is as much.
_SHARES: Final = (0, 0.2, 0.5)
_LEAST_OF_FIRST: Final = 0.9
#: Words by their letters that it sets apart: those of so many, and of more; and of a name that no table knows.
_MOST_LETTERS, _MOST_LETTERS_OF_RARE = 3, 4
#: What it knows by the spelling, beside the vocabularies: "Attorney at Law", "Ph. D.".
_SPELLED: Final = frozenset(["AT", "D", "PH"])
#: A name with one of these is that of a firm: no role has them.
_OF_FIRMS: Final = of.FIRM_WORDS - of.ROLES - of.ROLES_SET_OFF - of.BEFORE_ROLES
_SIGNS: Final = re.compile("[^A-Za-z]")
#: With these begin kinds of words: of one without a meaning of its own, of one of a firm.
_PLAIN, _FIRM = "\t", "\v"


def plain_person(text: pl.Expr) -> pl.Expr:
    """What `read_person` makes of most cells, as a struct of the parts; null for the others. Of nobody the parts are null.

    Of a word without a meaning of its own the reading asks no more than its `_kind`. So cells of one form, which have words of
    the same kinds and the same signs between them, are read alike: one of them is, and the words of the others are put where
    its words are.
    """
    return text.map_batches(_by_form, return_dtype=_PARTS, is_elementwise=True)


#: How the words of a form make the parts, each a list of numbers: of a word, of a word in readable case, of a literal.
_READING: Final = pl.Schema(
    {"form": pl.String(), "literals": pl.List(pl.String)} | dict.fromkeys(PARTS, pl.List(pl.Int64))
)


def _by_form(cells: pl.Series) -> pl.Series:
    text, words = pl.col("text"), pl.col("words")
    written = text.str.contains(_WRITTEN) & (text.str.len_bytes() <= _LONGEST)
    tokens = pl.when(written).then(text.str.extract_all(f"{_WORD}|[^A-Za-z]+"))
    kinds = tokens.list.eval(on_distinct(pl.element(), _kind))
    form = (
        pl.when(kinds.list.contains(_FIRM))
        .then(pl.lit(_FIRM))
        .otherwise(kinds.list.join("\n", ignore_nulls=False))
    )
    distinct = cells.alias("text").to_frame().unique()
    plain = distinct.with_columns(form=form, words=text.str.extract_all(_WORD)).drop_nulls("form")
    # Which word has become which can be told where none stands there twice.
    examples = plain.filter(words.list.n_unique() == words.list.len()).unique("form")
    readings = (_reading(_NameExample(*row)) for row in examples.select("form", "text", "words").iter_rows())
    known = pl.DataFrame([reading for reading in readings if reading], _READING, orient="row")
    readable = words.list.eval(on_distinct(pl.element(), _readable))
    plain = plain.join(known, on="form").with_columns(words=pl.concat_list(words, readable, "literals"))
    parts = (words.list.gather(pl.col(part)).list.join(" ").alias(part) for part in PARTS)
    read = plain.select(text, pl.struct(*parts).alias("parts"))
    return cells.alias("text").to_frame().join(read, on="text", how="left", maintain_order="left")["parts"]


@lru_cache(maxsize=100_000)
def _kind(token: str) -> str | None:
    """All that the reading asks of a word; what has a meaning as it is, and None for a word that may hide one."""
    if not token[0].isalpha():
        return token
    word = token.upper().rstrip(".")
    if word.replace("'", "") in _OF_FIRMS:
        return _FIRM
    if word == "O":  # JOHN O NEAL
        return None
    if word in _with_a_meaning():
        return token
    pieces = (*re.split("['-]", word), *word.replace("'", "").split("-"))
    if not _with_a_meaning().isdisjoint(pieces):  # REED-CARE
        return None
    written = "upper" if token.isupper() else "lower" if token.islower() else "mixed"
    if written == "mixed" and not (token[0].isupper() and token.rstrip(".")[-1].islower()):
        return None
    share = of.share(word)
    rank = "rare" if share is None else sum(share > most for most in _SHARES) + (share >= _LEAST_OF_FIRST)
    letters = min(len(word), _MOST_LETTERS_OF_RARE if share is None else _MOST_LETTERS)
    return f"{_PLAIN}{rank} {written} {letters} {word.isalpha()} {token[-1] == '.'}"


@cache
def _with_a_meaning() -> frozenset[str]:
    return of.ALL.union(_SPELLED, (word.strip("'-") for word in words_with_a_meaning()))


@lru_cache(maxsize=100_000)
def _readable(word: str) -> str:
    return capitalized(word, of_a_person=True)


@dataclass(frozen=True)
class _NameExample:
    """A cell of a form, which stands for all of them."""

    form: str
    text: str = field(compare=False)
    words: list[str] = field(compare=False)


@lru_cache(maxsize=20_000)
def _reading(example: _NameExample) -> tuple[object, ...] | None:
    """The form, and how its words make the parts, as `_READING` says; None where it alone does not tell."""
    try:
        reading = read_person(example.text, _undecided)
    except _UncertainFirmError:
        return None
    if reading is None:
        return example.form, [], *([None] * len(PARTS))
    plain = [kind.startswith(_PLAIN) for kind in example.form.split("\n")[::2]]
    return _places(example, reading.parts().values(), plain)


class _UncertainFirmError(Exception):
    """Statistics must tell whether a name is that of a firm."""


def _undecided(_: str) -> bool:
    raise _UncertainFirmError


def _places(example: _NameExample, parts: Iterable[str], plain: list[bool]) -> tuple[object, ...] | None:
    count = len(example.words)
    spelled = {_letters(word) for word, is_plain in zip(example.words, plain, strict=True) if not is_plain}
    if len({_letters(word) for word in example.words}) < count:
        return None
    numbers: dict[str, int] = {}
    for number, (word, is_plain) in enumerate(zip(example.words, plain, strict=True)):
        if is_plain:
            numbers |= {_readable(word): count + number, word: number}
    literals: list[str] = []
    places = []
    for words in map(str.split, parts):
        for word in words:
            if word not in numbers and _letters(word) in spelled:
                numbers[word] = 2 * count + len(literals)
                literals.append(word)
        if not numbers.keys() >= set(words):
            return None  # Wm for Wm.
        places.append([numbers[word] for word in words])
    return example.form, literals, *places


def _letters(word: str) -> str:
    return _SIGNS.sub("", word).upper()
