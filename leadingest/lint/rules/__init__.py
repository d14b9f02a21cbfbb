"""The rules of lint: a file each, but for those that only explain why a mapping is refused."""

from leadingest.lint.rule import Rule
from leadingest.lint.rules.alias_unknown_to_sql import alias_unknown_to_sql
from leadingest.lint.rules.ambiguous_formats import ambiguous_formats
from leadingest.lint.rules.bad_ignore import bad_ignore
from leadingest.lint.rules.broken_records import broken_records
from leadingest.lint.rules.changed_by_yaml import changed_by_yaml
from leadingest.lint.rules.comment_in_value import comment_in_value
from leadingest.lint.rules.dead_alias import dead_alias
from leadingest.lint.rules.dead_format import dead_format
from leadingest.lint.rules.dead_key import dead_key
from leadingest.lint.rules.header_not_covered import header_not_covered
from leadingest.lint.rules.header_read_twice import header_read_twice
from leadingest.lint.rules.hidden_invalid import hidden_invalid
from leadingest.lint.rules.ignored_and_read import ignored_and_read
from leadingest.lint.rules.impossible_check import impossible_check
from leadingest.lint.rules.key_counts_records import key_counts_records
from leadingest.lint.rules.keys_alike import keys_alike
from leadingest.lint.rules.latest_of_texts import latest_of_texts
from leadingest.lint.rules.left_over import left_over
from leadingest.lint.rules.missing_header import missing_header
from leadingest.lint.rules.new_header import new_header
from leadingest.lint.rules.no_country import no_country
from leadingest.lint.rules.no_identity import no_identity
from leadingest.lint.rules.number_for_code import number_for_code
from leadingest.lint.rules.outside_vocabulary import outside_vocabulary
from leadingest.lint.rules.refused import REFUSED
from leadingest.lint.rules.repeated_name import repeated_name
from leadingest.lint.rules.secret import secret
from leadingest.lint.rules.shared_match import shared_match
from leadingest.lint.rules.source_twice import source_twice
from leadingest.lint.rules.too_long import too_long
from leadingest.lint.rules.unknown_name import unknown_name
from leadingest.lint.rules.unmapped_value import unmapped_value
from leadingest.lint.rules.unreadable_sample import unreadable_sample
from leadingest.lint.rules.unreadable_share import unreadable_share
from leadingest.lint.rules.unreadable_value import unreadable_value
from leadingest.lint.rules.unused_alias import unused_alias
from leadingest.lint.rules.unused_ignore import unused_ignore
from leadingest.lint.rules.unused_key import unused_key
from leadingest.lint.rules.unused_let import unused_let
from leadingest.lint.rules.unused_map import unused_map

_OWN: tuple[Rule, ...] = (
    changed_by_yaml,
    comment_in_value,
    bad_ignore,
    unused_ignore,
    header_read_twice,
    header_not_covered,
    unknown_name,
    outside_vocabulary,
    keys_alike,
    dead_key,
    hidden_invalid,
    unused_let,
    ignored_and_read,
    repeated_name,
    unused_map,
    unused_alias,
    alias_unknown_to_sql,
    latest_of_texts,
    ambiguous_formats,
    dead_format,
    number_for_code,
    too_long,
    impossible_check,
    unreadable_value,
    no_country,
    no_identity,
    shared_match,
    source_twice,
    secret,
    missing_header,
    new_header,
    unmapped_value,
    unreadable_share,
    dead_alias,
    unused_key,
    unreadable_sample,
    broken_records,
    key_counts_records,
    left_over,
)

#: All rules, in the order of their codes.
RULES: tuple[Rule, ...] = tuple(sorted((*REFUSED, *_OWN), key=lambda rule: rule.code))
