"""Columns of few values for fields that have words of their own, and yes and no, however the list says it: value maps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from leadingest.deliveries.header_names import header_words
from leadingest.drafting.contents import fit, is_flag, yes_of
from leadingest.drafting.proposal import Entry, Proposal, ProposedValues, named
from leadingest.drafting.sample import MOST_MAPPED, SampleColumn, Task
from leadingest.errors import FaultError
from leadingest.operations.sql_expression import names_read
from leadingest.tables.column import Column as Field

_STATUS: Final = (
    ("pending_revocation", r"pend\w*.*(revo|denial)|revocation.*(pend|process)|intent to revoke"),
    ("denied", r"\bden(y|ied|ial)"),
    ("revoked", r"revo(k|c)"),
    ("suspended", r"suspen"),
    ("probation", r"probation"),
    ("provisional", r"provision|\binitial|temporary|condition|\bprov\b"),
    ("withdrawn", r"\bretirad|\bretir[eé]|withdr|surrender|relinquish|rescind"),
    ("active", r"renewal.*(pend|process|applic)|pend\w* renewal"),
    ("pending", r"\bpending|applied|applica|in process|in review|en tr[aá]mite|em an[aá]lise|beantragt"),
    (
        "inactive",
        r"\binactiv[oae]|\binativ|\binaktiv|\binactif|\bin-?active|dormant|not active|on hold|temporar\w* (clos|shut)|paralisad",
    ),
    ("expired", r"expired|lapsed|caduc|vencid|abgelaufen|p[eé]rim|delinquent"),
    (
        "closed",
        r"\bcerrad|\bgeschlossen|\bferm[eé]|\bchius|\bclosed?\b|closure|out of business|ceased|terminat|uitgeschreven|\bextint|encerrad|\bbaixad"
        r"|dissolved|struck off|de-?registered|cancel|\bvoid\b|liquidat|\bclausurad|廃止|閉園|閉鎖",
    ),
    ("exempt", r"exempt|unlicensed"),
    (
        "active",
        r"\bactiv[eoa]\b|\bativ[oa]\b|\baktiv|\bactif|\bvigente|\bautori[sz]|licen[sc]ed?\b|regist|certifi|complian|full permit|current|\bopen\b|good standing"
        r"|renewed|\bregular|ingeschreven|\bissued\b|\bclear\b|\bapproved\b|operat(ing|ional)|in operation|em funcionamento|\bfuncionando|en funcionamiento|en vigueur|\bvalide?\b|genehmigt"
        r"|運営中|認可済",
    ),
)
#: Letters that stand for words: C or DC is day care, H home, G group, F family.
_CODE: Final = r"\b(?:{})\b"
_TYPE: Final = (
    (
        "other",
        r"home health|nursing|funeral|hospice|mobile home|home (improvement|inspect|repair|build)|assisted|adult|rest home",
    ),
    ("head_start", r"head ?start"),
    ("employer_based", r"employer"),
    ("camp", r"\bcamps?\b"),
    ("drop_in", r"drop[- ]?in|halte[- ]garderie"),
    ("accommodation", r"accommodation"),
    ("special_event", r"special event|\bevents?\b"),
    (
        "school_age_program",
        r"school[- ]?age|before.*after|after[- ]?school|out[- ]of[- ]school|buitenschoolse|\bhort\b|学童|"
        rf"{_CODE.format('SAOC|SACC?|BSO|OSHC|OST')}",
    ),
    ("infant_center", r"^infants? .*(center|centre)|^infant center"),
    (
        "preschool",
        r"jard[ií]n (?:d|infantil)|kindergart|preescolar|maternelle|scuola dell.infanzia|pre-?school|pre-?k\b|nursery|montessori|kindergarten|pr[eé]-escola|幼稚園",
    ),
    (
        "group_home",
        rf"group.*(home|care\b(?!.*cent))|^group$|large.*home|licensed(?!.*famil).*home|type a\b.*home|\bhome ii\b|{_CODE.format('[GL]F?[CD][CD]?H|[GL]F[CD]C')}",
    ),
    (
        "family_home",
        r"tagespflege|cr[eè]che familiale|assistante? maternelle|gastouder|hogar comunitario|child ?mind|famil|\bhome\b|milieu familial|家庭的保育"
        rf"|{_CODE.format('GOB|VGO|HOME?|F[CD][CD]H?|[CD]{1,2}H|R?F[CD]H|CCFH')}",
    ),
    (
        "center",
        r"cr[eè]che|guarder[ií]a|estancia|kinderkrippe|\bkita\b|kindertagesst|kinderdagverblijf|asilo nido|cent(er|re)\b|day ?care|child ?care|garderie|multi-?accueil|escuela infantil|educaci[oó]n infantil|sala cuna|^licensed group|desarrollo infantil|hogar infantil"
        rf"|play ?(school|group|cent)|centre de la petite enfance|保育|こども園|{_CODE.format('CPE|KDV|C?[CD]{1,2}C|CTR|CE?NTR?')}",
    ),
)

#: Field → (its word, what a value holds that means it), in the order in which they are tried.
MEANINGS: Final = {
    field: tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in rules)
    for field, rules in {"license_status": _STATUS, "facility_type": _TYPE}.items()
}

_GUESSED: Final = "the meaning of each value was guessed from its words"
_TOLD: Final = "the meaning of each value was taken from the legend of the file, or guessed from its words"
_PART: Final = re.compile(r" - [A-Za-z]{0,4}[0-9][0-9A-Za-z\-]*$")
#: Of the values: with fewer known ones the column is something else.
_MOST_KNOWN: Final = 0.5
_SOME_KNOWN: Final = 0.3
_NAMED: Final = 0.85
_FILL_IN: Final = "fill in what each value means: until then it counts as blank"
_BY_NAME: Final = 0.95
_FITS: Final = 0.3
_MOST_KEYS: Final = 30
_UNKNOWN: Final = 0.7
_NO: Final = frozenset(["no", "not", "none", "non", "never", "does"])
_FEW: Final = 3


def recognize_vocabulary(task: Task) -> Iterator[Proposal]:
    """A header that names such a field, with values of which most can be told."""
    for name, field in task.table.columns.items():
        if not field.one_of:
            continue
        for column in task.sample.ranked(name):
            kinds = column.looks("type_and_number", least=0.5)
            if column.distinct <= MOST_MAPPED or kinds:
                yield from proposed(task, field, column, with_number=kinds)


_YEAR: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_BY_YEARS: Final = "a column for each year: the latest that is filled counts"
_SURER: Final = 1.05


def recognize_years(task: Task) -> Iterator[Proposal]:
    """A header that stands there for several years, as `Status 2024, Status 2025`: the latest of them that is filled."""
    groups: dict[str, dict[str, SampleColumn]] = {}
    for column in task.sample.columns:
        if (year := _YEAR.search(column.header)) and column.distinct:
            name = " ".join(_YEAR.sub(" ", column.header).split()).casefold()
            groups.setdefault(name, {})[year[0]] = column
    for by_year in groups.values():
        columns = [column for _, column in sorted(by_year.items())]
        if len(columns) < _LEAST_KINDS:
            continue
        for each in _of_all(task, columns):
            words = each.entry if isinstance(each.entry, Mapping) else {}
            entry = {"last_of": columns, **{key: word for key, word in words.items() if key != "from"}}
            yield replace(each, entry=entry, columns=tuple(columns), score=each.score * _SURER)


def _of_all(task: Task, columns: Sequence[SampleColumn]) -> Iterator[Proposal]:
    """What the latest of the columns would be proposed for, with the values of all of them."""
    latest = columns[-1]
    values = list(dict.fromkeys(value for column in columns for value in task.sample.every_value(column)))
    merged = replace(latest, values=pl.Series(values, dtype=pl.String), distinct=len(values))
    for name, field in task.table.columns.items():
        sure = max(column.sure(name) for column in columns)
        if sure < _BY_YEAR_LEAST:
            continue
        if field.one_of and len(values) <= MOST_MAPPED:
            for each in proposed(task, field, merged, with_number=False, values=values):
                yield replace(each, doubts=(*each.doubts, _BY_YEARS))
        elif not field.one_of and field.type.storage.kind in ("text", "integer"):
            yield Proposal(name, {"from": latest}, tuple(columns), sure, (_BY_YEARS,))


_BY_YEAR_LEAST: Final = 0.7


def share_of_known(field: Field, column: SampleColumn) -> float:
    """The share of its different values of which the meaning is known."""
    return sum(_meaning(field, value) is not None for value in column.values.to_list()) / column.distinct


def proposed(
    task: Task,
    field: Field,
    column: SampleColumn,
    *,
    with_number: bool,
    values: Sequence[str] | None = None,
) -> Iterator[Proposal]:
    """The value map that fills the field from the column, where enough of its values are known."""
    if values is None:
        values = column.values.to_list() if column.distinct > MOST_MAPPED else task.sample.every_value(column)
    if with_number:
        values = list(dict.fromkeys(_PART.sub("", value) for value in values))
    by_legend = {value: meaning for value in values if (meaning := _by_legend(task, field, value))}
    meanings = {
        value: meaning for value in values if (meaning := by_legend.get(value) or _meaning(field, value))
    }
    if len(values) > MOST_MAPPED or (
        len(meanings) < (_SOME_KNOWN if _is_named(field, column) else _MOST_KNOWN) * len(values)
        and not _is_surely(field, column)
    ):
        return
    if not meanings:
        # The header says what it is, and nobody knows the words: the keys stand there to be filled in.
        keys = ProposedValues(dict.fromkeys(values, ""))
        entry: Entry = {"from": column, "values": keys, "otherwise": "invalid"}
        score = column.sure(field.name) * _UNKNOWN
        yield Proposal(field.name, entry, (column,), score, (_FILL_IN,), alone=False)
        return
    unknown = tuple(value for value in values if value not in meanings)
    words = {"from": column, **({"split": " - "} if with_number else {})}
    entry = {
        **words,
        "values": ProposedValues(meanings, unknown, tuple(field.one_of)),
        "otherwise": "invalid",
    }
    yield Proposal(
        field.name,
        entry,
        (column,),
        column.sure(field.name) * (0.5 + len(meanings) / len(values) / 2),
        (*named(column, field.name), _TOLD if by_legend else _GUESSED),
        alone=False,
    )


def _is_named(field: Field, column: SampleColumn) -> bool:
    match = column.meanings.get(field.name)
    return match is not None and match.exact and match.score >= _NAMED


def _is_surely(field: Field, column: SampleColumn) -> bool:
    """Whether the header is the name of the field, and the values are codes or words that stand again and again."""
    match = column.meanings.get(field.name)
    return bool(
        match
        and match.exact
        and match.score >= _BY_NAME
        and fit(field.name, column) >= _FITS
        and column.distinct <= _MOST_KEYS
        and not is_flag(column)
        and column.distinct < column.filled
    )


def _by_legend(task: Task, field: Field, value: str) -> str | None:
    """The word of the field for a code that the file explains."""
    return next((word for text in task.legend.get(value, ()) if (word := _meaning(field, text))), None)


def kind_in(field: Field, text: str) -> str | None:
    """The word of the field that a text speaks of, such as the name of a file."""
    return next(
        (word for word, rule in MEANINGS.get(field.name, ()) if word in field.one_of and rule.search(text)),
        None,
    )


def _meaning(field: Field, value: str) -> str | None:
    """The word of the field for a value; the value itself where it is one."""
    spelled = value.strip().lower().replace(" ", "_")
    if spelled in field.one_of:
        return spelled
    return kind_in(field, value)


def recognize_flags(task: Task) -> Iterator[Proposal]:
    """A header that names a yes or no, with values that say it: Y and N, or a word that repeats the header."""
    for field, target in task.table.columns.items():
        if target.type.storage.kind != "boolean":
            continue
        for column in task.sample.ranked(field):
            doubts = named(column, field)
            if task.share_read(column, target.type) == 1:
                others = [each for each in task.sample.ranked(field) if each is not column and is_flag(each)]
                beside = (f'"{others[0].label}" says something of it, too',) if others else ()
                yield Proposal(field, column, (column,), column.sure(field), (*doubts, *beside))
            elif in_words := _yes_or_no_in_words(column):
                entry = {"from": column, "values": ProposedValues(in_words), "otherwise": "invalid"}
                yield Proposal(field, entry, (column,), column.sure(field), doubts)
            elif column.distinct <= _FEW and (meanings := _meanings(column)):
                values = task.sample.every_value(column)
                entry = {
                    "from": column,
                    "values": ProposedValues(
                        meanings, tuple(value for value in values if value not in meanings), ("yes", "no")
                    ),
                    "otherwise": "invalid",
                }
                doubt = 'a blank cell may mean "no": if so, add `default: "no"`'
                yield Proposal(field, entry, (column,), column.sure(field), (*doubts, doubt))


#: Yes and no in the languages of headers.
_WORDS_FOR: Final = {
    "yes": frozenset(["yes", "y", "true", "t", "oui", "si", "sí", "s", "sim", "ja", "j", "是", "有", "可"]),
    "no": frozenset(["no", "n", "false", "f", "non", "não", "nao", "nein", "nee", "否", "無", "不可"]),
}


def _yes_or_no_in_words(column: SampleColumn) -> dict[str, str]:
    """What each value means, where all of them are yes or no in some language; nothing where they are not."""
    meanings = {
        value: meaning
        for value in column.values.to_list()
        for meaning, words in _WORDS_FOR.items()
        if value.casefold() in words
    }
    return meanings if len(meanings) == column.distinct else {}


def _meanings(column: SampleColumn) -> dict[str, str]:
    """What each value means, of those that hold a word of the header or are a mark."""
    header = set(header_words(column.header))
    meanings = {}
    for value in column.values.to_list():
        words = set(header_words(value))
        if words & header or value.casefold() in {"x", "✓", "✔"}:
            meanings[value] = "no" if words & _NO else "yes"
    return meanings


_LEAST_KINDS: Final = 2
#: A header that asks for a yes or no as surely as this is no mark of a kind.
_OF_ANOTHER: Final = 0.6
#: Of the records: marks of several columns that exclude each other are no more than these, and not far fewer.
_AT_MOST: Final = 1.02
_AT_LEAST: Final = 0.5
_ONE_EACH: Final = "a column for each kind: the first one with a mark counts"


def recognize_one_of_several(task: Task) -> Iterator[Proposal]:
    """A column for each word of a field, of which one has a mark in each record."""
    for name, field in task.table.columns.items():
        if name not in MEANINGS or not field.one_of:
            continue
        found = [
            (column, meaning, yes)
            for column in task.sample.columns
            if (meaning := _meaning(field, column.header))
            and (yes := yes_of(column))
            and not _answers_another_question(task, column)
        ]
        # Flags of something else, as ages are, mostly have another mark.
        marks_used = [yes for _, _, yes in found]
        found = [each for each in found if each[2] == max(marks_used, key=marks_used.count)]
        marks = sum(_times(column, yes) for column, _, yes in found)
        if len(found) < _LEAST_KINDS or not (
            _AT_LEAST * task.sample.records <= marks <= _AT_MOST * task.sample.records
        ):
            continue
        words = [
            {"const": meaning, "when": f"{_identifier(column)} = {_literal(yes)}"}
            for column, meaning, yes in found
        ]
        columns = tuple(column for column, _, _ in found)
        yield Proposal(name, {"first_of": words}, columns, 0.8, (_ONE_EACH, _GUESSED), alone=False)


def _answers_another_question(task: Task, column: SampleColumn) -> bool:
    """Whether the header names a field that is a yes or no of its own."""
    return any(
        column.sure(name) >= _OF_ANOTHER
        for name, field in task.table.columns.items()
        if field.type.storage.kind == "boolean"
    )


def _identifier(column: SampleColumn) -> str:
    """The column's name, in double quotes where SQL would take it for something else."""
    name = column.label
    if re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) and _is_a_name(name):
        return name
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def _literal(value: str) -> str:
    """The value in single quotes."""
    quoted = value.replace("'", "''")
    return f"'{quoted}'"


def _is_a_name(word: str) -> bool:
    try:
        return names_read(f"{word} = 'Y'") == (word,)
    except (ValueError, FaultError):
        return False


def _times(column: SampleColumn, value: str) -> int:
    return int(column.times.filter(column.values == value).sum())
