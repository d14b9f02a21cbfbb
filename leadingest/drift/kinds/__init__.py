"""The kinds of drift, in the order of their codes."""

from typing import Final

from leadingest.drift.kind import Kind
from leadingest.drift.kinds.blank_header import blank_header
from leadingest.drift.kinds.column_added import column_added
from leadingest.drift.kinds.column_gone import column_gone
from leadingest.drift.kinds.column_order import column_order
from leadingest.drift.kinds.date_format import date_format
from leadingest.drift.kinds.duplicate_header import duplicate_header
from leadingest.drift.kinds.empty_share import empty_share
from leadingest.drift.kinds.encoding_changed import encoding_changed
from leadingest.drift.kinds.field_emptied import field_emptied
from leadingest.drift.kinds.filled_share import filled_share
from leadingest.drift.kinds.header_among_records import header_among_records
from leadingest.drift.kinds.header_missing import header_missing
from leadingest.drift.kinds.header_respelled import header_respelled
from leadingest.drift.kinds.header_row_moved import header_row_moved
from leadingest.drift.kinds.key_counts_records import key_counts_records
from leadingest.drift.kinds.keys_in_common import keys_in_common
from leadingest.drift.kinds.layout_changed import layout_changed
from leadingest.drift.kinds.missing_column import missing_column
from leadingest.drift.kinds.names_moved import names_moved
from leadingest.drift.kinds.other_source import other_source
from leadingest.drift.kinds.quantiles_moved import quantiles_moved
from leadingest.drift.kinds.record_count import record_count
from leadingest.drift.kinds.renamed_column import renamed_column
from leadingest.drift.kinds.repeated_identity import repeated_identity
from leadingest.drift.kinds.swapped_columns import swapped_columns
from leadingest.drift.kinds.total_row import total_row
from leadingest.drift.kinds.type_changed import type_changed
from leadingest.drift.kinds.unknown_value import unknown_value
from leadingest.drift.kinds.unreadable_delivery import unreadable_delivery
from leadingest.drift.kinds.unreadable_share import unreadable_share
from leadingest.drift.kinds.value_shares import value_shares
from leadingest.drift.kinds.wholly_invalid import wholly_invalid

KINDS: Final[tuple[Kind, ...]] = (
    missing_column,
    renamed_column,
    column_added,
    column_gone,
    column_order,
    duplicate_header,
    blank_header,
    header_respelled,
    names_moved,
    header_missing,
    header_among_records,
    unreadable_share,
    unknown_value,
    date_format,
    type_changed,
    empty_share,
    repeated_identity,
    filled_share,
    field_emptied,
    wholly_invalid,
    swapped_columns,
    value_shares,
    quantiles_moved,
    key_counts_records,
    record_count,
    encoding_changed,
    layout_changed,
    header_row_moved,
    unreadable_delivery,
    keys_in_common,
    other_source,
    total_row,
)
