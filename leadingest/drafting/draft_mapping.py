"""`leadingest new`: a mapping drafted from a file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from leadingest.deliveries.delivery import Delivery
from leadingest.drafting.choose import choose
from leadingest.drafting.constants import Constant, constants, with_state
from leadingest.drafting.contents import fit
from leadingest.drafting.file_pattern import file_patterns
from leadingest.drafting.find_settings import DeliverySettings, find_settings
from leadingest.drafting.list_date import column_date, name_date
from leadingest.drafting.numbered_contacts import DOUBT, numbered_contacts
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognizers import RECOGNIZERS
from leadingest.drafting.recognizers.countries import country_abroad
from leadingest.drafting.sample import SURE, Sample, SampleColumn, Task, read_sample
from leadingest.tables.load_table import LoadTable
from leadingest.tables.types.country import CountryCode


@dataclass(frozen=True)
class Draft:
    """What a mapping of the file probably says: an entry for each field that was found, in the order of the table."""

    source: str
    table: str
    sample: Sample
    settings: DeliverySettings
    fields: Mapping[str, Proposal]
    #: Where the list is of another country than the load table is made for: that country, and a table for any.
    better: tuple[str, str] | None = None
    #: What the file does not say, to be asked for.
    constants: tuple[Constant, ...] = ()

    @property
    def unsure(self) -> tuple[str, ...]:
        """The fields whose entries may be wrong."""
        return tuple(name for name, proposal in self.fields.items() if proposal.doubts)

    @property
    def ignored(self) -> tuple[SampleColumn, ...]:
        """The columns with a header that no field is made of."""
        used = {column.position for proposal in self.fields.values() for column in proposal.columns}
        return tuple(each for each in self.sample.columns if each.header and each.position not in used)


_SURE: Final = 0.3
#: A name fits less well than a street or a number by so much, where it is one that no word tells.
_AS_WELL: Final = 0.3
_NOTHING_NAMES_IT: Final = "no header names it; this column says most"
#: What may stand in for a name that is blank.
_STAND_INS: Final = ("company", "licensee_name", "contact", "last_name", "provider_id", "license_number")


def fill_required(chosen: Mapping[str, Proposal], task: Task) -> dict[str, Proposal]:
    """The entries with one for every required field, and with a stand-in where a required value is blank."""
    filled = dict(chosen)
    for name, field in task.table.columns.items():
        if not field.required:
            continue
        if name == "company" and name not in filled and (person := _person(filled, task)):
            filled[name] = person
        if name not in filled:
            column = _most_telling(task)
            # What stands here because nothing better is there, stands nowhere else.
            filled = {
                each: other
                for each, other in filled.items()
                if other.entry is not column and not (other.alone and column in other.columns)
            }
            filled[name] = Proposal(name, column, (column,), _SURE, (_NOTHING_NAMES_IT,))
        filled[name] = _with_stand_in(filled[name], task)
    return {name: filled[name] for name in task.table.columns if name in filled}


_PERSONS: Final = "no header names it: the name of the person is used"


def _person(chosen: Mapping[str, Proposal], task: Task) -> Proposal | None:
    """The first and the last name for the company, where both have a column and nothing looks like a firm."""
    parts = [chosen[name] for name in ("first_name", "last_name") if name in chosen]
    columns = tuple(column for part in parts for column in part.columns)
    if len({*columns}) != len(parts) or len(parts) == 1 or not columns:
        return None
    if any(column.filled < _FILLED * task.sample.records for column in columns):
        return None
    entry = {"join": [part.entry for part in parts]}
    return Proposal("company", entry, columns, _SURE, (_PERSONS,), alone=False)


#: Of the records: persons without a firm have names in so many.
_FILLED: Final = 0.8


def _most_telling(task: Task) -> SampleColumn:
    """The column with words in it that is filled most often and repeats itself least."""
    return max(
        task.sample.columns,
        key=lambda column: (
            bool(column.header),
            column.looks("has_letters", least=0.7) and not column.looks(*SURE, "date", "flag"),
            fit("company", column) > max(fit("address1", column), fit("license_number", column)) - _AS_WELL,
            round(fit("company", column), 1),
            column.filled + column.distinct,
        ),
    )


def _with_stand_in(proposal: Proposal, task: Task) -> Proposal:
    """The proposal; of what is filled elsewhere, the best is taken where it is blank."""
    blank = task.sample.records - max((column.filled for column in proposal.columns), default=0)
    if not blank or not isinstance(proposal.entry, SampleColumn):
        return proposal
    others = [
        column
        for meaning in _STAND_INS
        for column in task.sample.ranked(meaning)
        if column not in proposal.columns and column.filled
    ]
    if not others:
        return proposal
    other = max(others, key=lambda column: column.filled)
    doubt = f'it is blank in {blank:,} of {task.sample.records:,} records; "{other.label}" is used instead'
    return replace(
        proposal,
        entry={"first_of": [proposal.entry, other]},
        columns=(*proposal.columns, other),
        doubts=(*proposal.doubts, doubt),
    )


def draft_mapping(
    delivery: Delivery,
    *,
    source: str,
    table: LoadTable,
    today: date,
    taken: Collection[str] = (),
    tables: Collection[LoadTable] = (),
) -> Draft:
    """A mapping of the delivery into the load table. Raises DeliveryError where it cannot be read.

    `taken` are the globs of other sources: no file is to be a delivery of two. `tables` are those that it might go into.
    """
    found = find_settings(delivery, today=today)
    named = _of_name(delivery.name, source, taken, today)
    settings = named.adding({**found.values, **named.values}, {**found.doubts, **named.doubts})
    settings = replace(settings, legend=found.legend)
    sample = read_sample(delivery, settings.format, table.columns)
    if contacts := numbered_contacts(sample.columns, table.columns):
        settings = settings.adding({"repeat": contacts}, {"repeat": DOUBT})
        sample = read_sample(delivery, settings.format, table.columns)
    if "extract_time" not in settings.values and (written := column_date(sample.columns)):
        settings = settings.adding({"extract_time": written})
    if titles := _titles(sample):
        settings = settings.adding({"fill_down": titles}, {"fill_down": _STANDS_ONCE})
    if len(sample.fmt.nulls) > 1:
        settings = settings.adding({"nulls": list(sample.fmt.nulls)})
    task = Task(sample, table, today, settings.legend)
    proposals = [proposal for recognize in RECOGNIZERS for proposal in recognize(task)]
    fields = with_state(task, fill_required(choose(proposals, task), task))
    better = _better_table(task, tables)
    settings = _with_names(settings, sample, fields)
    return Draft(source, table.name, sample, settings, fields, better, constants(task, fields))


_STANDS_ONCE: Final = "each value stands there once: it seems to apply to the records below, too"
#: Of the records: so many at most have a title of their own.
_FEW: Final = 0.5
_ENOUGH: Final = 12
_OF_PLACES: Final = ("county", "city", "state")


def _titles(sample: Sample) -> list[str]:
    """The headers of columns with a place only in the first of its records."""
    return [
        column.header
        for column in sample.columns
        if sample.records >= _ENOUGH
        and column.position in sample.filled_first
        and 1 < column.distinct == column.filled <= _FEW * sample.records
        and any(column.sure(place) > _SURELY for place in _OF_PLACES)
    ]


_SURELY: Final = 0.8


def _better_table(task: Task, tables: Collection[LoadTable]) -> tuple[str, str] | None:
    if _knows_countries(task.table) or not (country := country_abroad(task)):
        return None
    return next(((country, each.name) for each in tables if _knows_countries(each)), None)


def _knows_countries(table: LoadTable) -> bool:
    return any(isinstance(column.type, CountryCode) for column in table.columns.values())


def _of_name(name: str, source: str, taken: Collection[str], today: date) -> DeliverySettings:
    """The settings that the name of the file tells."""
    settings = DeliverySettings({"match": file_patterns(source, name, taken)})
    if not (found := name_date(name, today=today)):
        return settings
    described, doubt = found
    return settings.adding({"extract_time": described}, {"extract_time": doubt} if doubt else {})


def _with_names(settings: DeliverySettings, sample: Sample, fields: dict[str, Proposal]) -> DeliverySettings:
    """The settings; where a field needs a column that cannot be told by its header, all columns get new names."""
    headers = [column.header for column in sample.columns]
    used = {column.position: column for proposal in fields.values() for column in proposal.columns}
    if all(column.header and headers.count(column.header) == 1 for column in used.values()):
        return settings
    values = {
        key: value for key, value in settings.values.items() if key not in {"header", "names", "skip_lines"}
    }
    names = [column.label for column in sample.columns]
    values |= {"header": "none", "skip_lines": sample.first_line - 1, "names": names}
    why = "a header is repeated or blank: these names replace the header, column by column"
    return replace(settings, values=values, doubts={**settings.doubts, "names": why})
