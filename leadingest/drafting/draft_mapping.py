"""`leadingest new`: a mapping drafted from a file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from leadingest.deliveries.delivery import fingerprint
from leadingest.drafting.choose import choose
from leadingest.drafting.delivery.file_pattern import file_patterns
from leadingest.drafting.delivery.find_settings import find_settings
from leadingest.drafting.delivery.name_date import name_date
from leadingest.drafting.delivery.settings import DeliverySettings
from leadingest.drafting.draft import Draft
from leadingest.drafting.proposal import Proposal
from leadingest.drafting.read_sample import read_sample
from leadingest.drafting.recognisers import RECOGNISERS
from leadingest.drafting.required import fill_required
from leadingest.drafting.sample import Sample
from leadingest.drafting.task import Task
from leadingest.tables.load_table import LoadTable


def draft_mapping(
    file: Path, *, source: str, table: LoadTable, today: date, taken: Collection[str] = ()
) -> Draft:
    """A mapping of the file into the load table. Raises DeliveryError where the file cannot be read.

    `taken` are the globs of other sources: no file is to be a delivery of two.
    """
    delivery = fingerprint(file)
    found = find_settings(delivery)
    settings = _of_name(file.name, source, taken, today).adding(found.said, found.doubts)
    sample = read_sample(delivery, settings.format, table.columns)
    if len(sample.fmt.nulls) > 1:
        settings = settings.adding({"nulls": list(sample.fmt.nulls)})
    task = Task(sample, table, today)
    proposals = [proposal for recognise in RECOGNISERS for proposal in recognise(task)]
    fields = fill_required(choose(proposals), task)
    return Draft(source, table.name, sample, _with_names(settings, sample, fields), fields)


def _of_name(name: str, source: str, taken: Collection[str], today: date) -> DeliverySettings:
    """The settings that the name of the file tells."""
    settings = DeliverySettings({"match": file_patterns(source, name, taken)})
    if not (found := name_date(name, today=today)):
        return settings
    described, doubt = found
    return settings.adding({"extract_time": described}, {"extract_time": doubt} if doubt else {})


def _with_names(settings: DeliverySettings, sample: Sample, fields: dict[str, Proposal]) -> DeliverySettings:
    """The settings; where a field needs a column that cannot be told by its header, all columns are named anew."""
    headers = [column.header for column in sample.columns]
    used = {column.position: column for proposal in fields.values() for column in proposal.columns}
    if all(column.header and headers.count(column.header) == 1 for column in used.values()):
        return settings
    said = {
        key: value for key, value in settings.said.items() if key not in {"header", "names", "skip_lines"}
    }
    names = [column.label for column in sample.columns]
    said |= {"header": "none", "skip_lines": sample.first_line - 1, "names": names}
    why = "two columns have one name, or one has none: these names take the place of the header, column by column"
    return DeliverySettings(said, {**settings.doubts, "names": why})
