"""The kinds of drift, in the order of their codes."""

from typing import Final

from leadingest.drift.kind import Kind
from leadingest.drift.kinds.columns import (
    column_added,
    column_gone,
    column_order,
    missing_column,
    renamed_column,
)
from leadingest.drift.kinds.contents import quantiles_moved, swapped_columns, type_changed, value_shares
from leadingest.drift.kinds.date_format import date_format
from leadingest.drift.kinds.files import (
    encoding_changed,
    layout_changed,
    record_count,
    total_row,
    unreadable_delivery,
)
from leadingest.drift.kinds.filled_shares import empty_share, field_emptied, filled_share
from leadingest.drift.kinds.headers import (
    blank_header,
    duplicate_header,
    header_among_records,
    header_missing,
    header_respelled,
    header_row_moved,
    names_moved,
)
from leadingest.drift.kinds.keys import key_counts_records, keys_in_common, repeated_identity
from leadingest.drift.kinds.other_source import other_source
from leadingest.drift.kinds.unknown_value import unknown_value
from leadingest.drift.kinds.unreadable_values import unreadable_share, wholly_invalid

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
