"""What can be recognised in a file: one kind in each file of this folder, one line each here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from leadingest.drafting.proposal import Proposal
from leadingest.drafting.recognisers.age_groups import recognise_age_groups
from leadingest.drafting.recognisers.age_range import recognise_age_range
from leadingest.drafting.recognisers.age_words import recognise_age_words
from leadingest.drafting.recognisers.dates import recognise_dates
from leadingest.drafting.recognisers.empty import recognise_empty
from leadingest.drafting.recognisers.flags import recognise_flags
from leadingest.drafting.recognisers.hours import recognise_hours
from leadingest.drafting.recognisers.one_line_address import recognise_one_line_address
from leadingest.drafting.recognisers.person import recognise_person
from leadingest.drafting.recognisers.phone_extension import recognise_phone_extension
from leadingest.drafting.recognisers.street_pieces import recognise_street_pieces
from leadingest.drafting.recognisers.text import recognise_text
from leadingest.drafting.recognisers.trade_name import recognise_trade_name
from leadingest.drafting.recognisers.type_and_number import recognise_type_and_number
from leadingest.drafting.recognisers.typed import recognise_typed
from leadingest.drafting.recognisers.unnamed import recognise_unnamed
from leadingest.drafting.recognisers.vocabulary import recognise_vocabulary
from leadingest.drafting.recognisers.weekdays import recognise_weekdays
from leadingest.drafting.task import Task

#: Looks at the sample and proposes entries for fields of the load table.
Recogniser = Callable[[Task], Iterator[Proposal]]

#: Of two proposals as sure as each other, that of the earlier recogniser is taken.
RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    recognise_text,
    recognise_typed,
    recognise_dates,
    recognise_flags,
    recognise_vocabulary,
    recognise_person,
    recognise_type_and_number,
    recognise_trade_name,
    recognise_one_line_address,
    recognise_street_pieces,
    recognise_phone_extension,
    recognise_age_groups,
    recognise_age_words,
    recognise_age_range,
    recognise_weekdays,
    recognise_hours,
    recognise_unnamed,
    recognise_empty,
)
