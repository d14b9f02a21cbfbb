"""Every kind of drift: what it tells, and that it keeps quiet where there is nothing to tell."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from leadingest.drift.compare import compare
from leadingest.drift.comparison import Comparison
from leadingest.drift.fixes import AddAliasForAll
from leadingest.drift.kinds import KINDS
from leadingest.drift.profiles.document import profiles_frame, read_profile
from tests.drift.made_up_drift import FIELDS, HEADER, MadeUpSource, changed, csv, usual

LIST = csv(usual())


@pytest.fixture
def source(tmp_path: Path) -> MadeUpSource:
    """A source with a column of every kind."""
    return MadeUpSource(tmp_path)


def with_header(old: str, new: str, records: list[list[str]] | None = None) -> str:
    """The usual delivery with one header in another spelling."""
    return csv(records or usual(), HEADER.replace(old, new))


def test_every_kind_explains_itself_and_its_class() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert any(word in kind.explanation for word in ("Breaking", "Lossy", "Safe")), kind.name


def test_the_same_list_again_is_no_drift(source: MadeUpSource) -> None:
    assert source.in_short(LIST, LIST) == source.in_short(LIST) == []


def test_a_mapped_column_that_is_gone_breaks(source: MadeUpSource) -> None:
    short = csv([each[:1] + each[2:] for each in usual()], HEADER.replace("Phone,", ""))
    (gone,) = source.differences(short, LIST)
    assert (gone.name, gone.kind_class, gone.detail.header) == ("missing_column", "breaking", "Phone")
    assert gone.detail.expected == "'Phone', read by phone"
    assert gone.detail.advice.endswith("remove phone or set `optional: true`")


def test_an_optional_column_is_missed_only_if_it_was_there(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, FIELDS.replace("phone: Phone", "phone: {from: Phone, optional: true}"))
    short = csv([each[:1] + each[2:] for each in usual()], HEADER.replace("Phone,", ""))
    assert source.in_short(short, short) == source.in_short(short) == []
    assert source.in_short(short, LIST) == [("missing_column", "lossy", "Phone", "no such column")]
    assert all(each.detail.settled for each in source.differences(short, LIST))


@pytest.mark.parametrize("before", [None, LIST])
def test_a_column_that_looks_like_an_optional_one_asks_for_nothing(
    tmp_path: Path, before: str | None
) -> None:
    source = MadeUpSource(tmp_path, FIELDS.replace("phone: Phone", "phone: {from: Phone, optional: true}"))
    (renamed,) = source.differences(with_header("Phone", "Phone#"), before)
    assert (renamed.name, renamed.kind_class, renamed.detail.settled) == ("renamed_column", "lossy", True)


def test_a_renamed_header_that_sql_names_gets_an_alias_for_all(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, FIELDS.replace("capacity: Places", 'capacity: {sql: "Places"}'))
    (renamed,) = source.differences(with_header("Places", "Places Total"), LIST)
    assert (renamed.name, renamed.detail.fixes) == (
        "renamed_column",
        (AddAliasForAll("Places", "Places Total"),),
    )
    advice = "if it is the same column, add the alias: aliases: {Places: Places Total}; --fix does"
    assert renamed.detail.advice == advice


@pytest.mark.parametrize("before", [None, LIST])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Phone", "Phone#"),
        ("License", "License No."),
        ("Name", "Operation/Caregiver Name"),
    ],
)
def test_a_renamed_column_is_told_as_what_it_is(
    source: MadeUpSource, old: str, new: str, before: str | None
) -> None:
    (renamed,) = source.differences(with_header(old, new), before)
    assert (renamed.name, renamed.kind_class, renamed.detail.header) == ("renamed_column", "breaking", old)
    assert renamed.detail.found.startswith(f"{new!r}, score ")
    assert len(renamed.detail.fixes) == 1


def test_what_is_in_a_column_speaks_against_a_name(source: MadeUpSource) -> None:
    # What is called nearly like the phone holds no phone numbers any more.
    found = source.in_short(with_header("Phone", "Phone Type", changed(1, "mobile", "office")), LIST)
    assert found[0] == ("missing_column", "breaking", "Phone", "no such column")


def test_of_two_headers_that_may_be_it_none_is_guessed(source: MadeUpSource) -> None:
    two = csv([[*each, each[1]] for each in usual()], HEADER.replace("Phone", "Phone 1") + ",Phone 2")
    (renamed,) = source.differences(two, LIST)
    assert renamed.detail.fixes == ()
    assert renamed.detail.found == "'Phone 1' or 'Phone 2', score 100"
    assert renamed.detail.advice.startswith("find out which column it is")


def test_a_column_under_its_other_name_is_safe(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, FIELDS.replace("phone: Phone", "phone: [Phone, Tel]"))
    (renamed,) = source.differences(with_header("Phone", "Tel"), LIST)
    assert (renamed.name, renamed.kind_class, renamed.detail.settled) == ("renamed_column", "safe", True)


def test_a_column_of_one_place_that_is_missing_gets_an_alias_for_all(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, delivery=", repeat: {Phone: [Phone, Phone 2]}")
    two = csv([[*each, f"740-300-{at:04}"] for at, each in enumerate(usual())], HEADER + ",Phone 2")
    assert source.differences(two, two) == ()
    renamed, fewer = source.differences(two.replace("Phone 2", "2nd Phone"), two)
    assert (renamed.name, renamed.kind_class, renamed.detail.expected) == (
        *("renamed_column", "breaking"),
        "'Phone 2', read by `repeat`",
    )
    assert renamed.detail.fixes == (AddAliasForAll("Phone 2", "2nd Phone"),)
    missing, _ = source.differences(csv(usual()), two)
    assert (missing.name, missing.detail.header, fewer.name) == ("missing_column", "Phone 2", "record_count")


def test_a_column_that_is_added(source: MadeUpSource) -> None:
    more = csv([[*each, "x", ""] for each in usual()], HEADER + ",Fax,Staff Note")
    fax, note = source.differences(more, LIST)
    assert (fax.name, fax.detail.header, fax.kind_class, fax.detail.settled) == (
        "column_added",
        "Fax",
        "safe",
        False,
    )
    assert fax.detail.found == "column 8, 100% filled, mostly like 'a'"
    assert (note.detail.header, note.detail.found, note.detail.settled) == (
        "Staff Note",
        "column 9, empty",
        True,
    )
    assert [difference[2] for difference in source.in_short(more)] == ["Fax"]
    assert source.in_short(more, more) == []


def test_an_unmapped_column_that_is_gone_is_safe(source: MadeUpSource) -> None:
    short = csv([each[:-1] for each in usual()], HEADER.replace(",Kind", ""))
    assert source.in_short(short, LIST) == [("column_gone", "safe", "Kind", "no such column")]
    assert source.in_short(short) == []


def test_another_order_alone_is_safe(source: MadeUpSource) -> None:
    turned = csv([each[::-1] for each in usual()], ",".join(HEADER.split(",")[::-1]))
    assert source.in_short(turned, LIST) == [
        ("column_order", "safe", "", "6 columns moved: 'Kind', 'Places', 'Issued', …")
    ]


def test_a_header_that_stands_twice_breaks_where_it_is_read(source: MadeUpSource) -> None:
    twice = csv([[*each, "1"] for each in usual()], HEADER + ",Phone")
    assert ("duplicate_header", "breaking", "Phone", "2 of them: columns 2 and 8") in source.in_short(
        twice, LIST
    )
    unread = csv([[*each, "1"] for each in usual()], HEADER + ",Kind")
    assert source.in_short(unread, LIST) == [
        ("duplicate_header", "safe", "Kind", "2 of them: columns 7 and 8")
    ]
    assert source.in_short(unread, unread) == []


def test_a_blank_header_is_told_with_what_is_under_it(source: MadeUpSource) -> None:
    blank = csv([[*each, ""] for each in usual()], HEADER + ",")
    filled = csv([[*each, "x"] for each in usual()], HEADER + ",")
    assert source.in_short(blank, LIST) == [("blank_header", "safe", "column 8", "no header, and empty")]
    assert source.in_short(filled) == [
        ("blank_header", "safe", "column 8", "no header, and 100 cells filled")
    ]
    assert source.in_short(filled, blank) == []


def test_more_cells_that_cannot_be_read(source: MadeUpSource) -> None:
    bad = csv(changed(1, "740-200-3001", "740-200-3002", "740-200"))
    (difference,) = [each for each in source.differences(bad, LIST) if each.name == "unreadable_share"]
    assert (difference.kind_class, difference.detail.header) == ("lossy", "Phone")
    assert (difference.detail.expected, difference.detail.found) == (
        "0% of phone unreadable",
        "33% unreadable",
    )
    assert "unreadable_share" not in [name for name, *_ in source.in_short(bad, bad)]
    assert ("unreadable_share", "lossy", "Phone", "33% unreadable") in source.in_short(bad)


def test_values_that_a_map_does_not_have_are_counted(source: MadeUpSource) -> None:
    unknown = csv(changed(3, "Open", "Asleep", "Open.", "Active", "Asleep"))
    (difference,) = source.differences(unknown)
    assert (difference.name, difference.kind_class, difference.detail.header) == (
        "unknown_value",
        "lossy",
        "Status",
    )
    assert difference.detail.found == "'Asleep' 40 times, 'Active' 20 times and 'Open.' 20 times"
    assert difference.detail.advice == (
        "add to the value map: Active: active, Open.: active; --fix does; add the others by hand"
    )


def test_what_may_be_somebodys_is_told_by_its_shape(source: MadeUpSource) -> None:
    shifted = csv(changed(3, "Open", "740-200-3000", "ann@pine.example"))
    (difference,) = [each for each in source.differences(shifted) if each.name == "unknown_value"]
    assert (
        difference.detail.found
        == "something like '999-999-9999' 33 times and something like 'a@a.a' 33 times"
    )


@pytest.mark.parametrize("before", [None, LIST])
def test_dates_in_a_format_that_the_mapping_lacks(source: MadeUpSource, before: str | None) -> None:
    invalid, difference = source.differences(csv(changed(4, "2026-04-30", "2026-05-01")), before)
    assert (invalid.name, invalid.detail.found) == ("wholly_invalid", "none of 100 cells can")
    assert (difference.name, difference.kind_class, difference.detail.header) == (
        "date_format",
        "lossy",
        "Issued",
    )
    assert (difference.detail.expected, difference.detail.found) == ("%m/%d/%Y", "100% written as %Y-%m-%d")
    assert difference.detail.advice == 'add the format: formats: ["%m/%d/%Y", "%Y-%m-%d"]; --fix does'


def test_a_day_is_not_guessed_to_be_a_month(source: MadeUpSource) -> None:
    _, difference = source.differences(csv(changed(4, "04-05-2026", "06-07-2026")), LIST)
    assert difference.detail.found == "100% written as %m-%d-%Y or %d-%m-%Y"
    assert difference.detail.fixes == ()


def test_dates_that_the_mapping_reads_either_way_are_safe(tmp_path: Path) -> None:
    fields = FIELDS.replace('["%m/%d/%Y"]', '["%m/%d/%Y", "%m/%d/%y"]')
    source = MadeUpSource(tmp_path, fields)
    assert source.in_short(csv(changed(4, "04/30/19", "05/31/20")), LIST) == [
        ("date_format", "safe", "Issued", "%m/%d/%y")
    ]


@pytest.mark.parametrize("before", [None, LIST])
def test_days_above_twelve_prove_that_day_and_month_are_exchanged(
    source: MadeUpSource, before: str | None
) -> None:
    days_first = csv(changed(4, "05/03/2019", "11/12/2020", "25/06/2021", "28/02/2022"))
    found = by_name(source, days_first, before)
    assert found["date_format"] == (
        "lossy",
        "Issued",
        "%m/%d/%Y",
        "100% written as %d/%m/%Y; 50% are read as %m/%d/%Y, with day and month swapped",
    )
    assert all(each.detail.fixes == () for each in source.differences(days_first, before))


@pytest.mark.parametrize("header", ["STATUS", "status", "Sta\u00adtus", "\u200eStatus"])
def test_a_header_in_other_capitals_or_with_invisible_signs_is_read_and_safe(
    source: MadeUpSource, header: str
) -> None:
    now = with_header("Status", header)
    (difference,) = source.differences(now, LIST)
    assert (difference.name, difference.kind_class, difference.detail.header) == (
        "header_respelled",
        "safe",
        "Status",
    )
    assert source.delivered(now).profile.fields["license_status"].filled == 100
    # Where there is a header of that very name, it is that.
    assert "header_respelled" not in by_name(source, with_header("Kind", "STATUS"))


def test_a_renamed_header_is_not_guessed_into_a_field_that_its_values_do_not_fit(
    source: MadeUpSource,
) -> None:
    notes = csv(changed(5, "see notes", "by appointment"), HEADER.replace("Places", "Places Info"))
    assert set(by_name(source, notes, None)) == {"missing_column", "column_added"}


def test_digits_that_became_text(source: MadeUpSource) -> None:
    found = source.in_short(csv(changed(5, "twelve", "a dozen")), LIST)
    assert ("type_changed", "lossy", "Places", "0% whole numbers, mostly like 'a'") in found
    unread = csv([[*each, str(number)] for number, each in enumerate(usual())], HEADER + ",Room Note")
    texts = csv([[*each, "n/a"] for each in usual()], HEADER + ",Room Note")
    assert source.in_short(texts, unread) == [
        ("type_changed", "safe", "Room Note", "0% whole numbers, mostly like 'a/a'")
    ]


def test_cells_that_are_empty_now(source: MadeUpSource) -> None:
    empty = csv(changed(1, "", "740-200-3001"))
    assert ("empty_share", "lossy", "Phone", "50% empty") in source.in_short(empty, LIST)
    unread = csv(changed(6, "", "Home"))
    assert source.in_short(unread, LIST) == [("empty_share", "safe", "Kind", "50% empty")]
    assert source.in_short(csv(changed(6, "Home")), unread) == []


def test_numbers_that_told_records_apart_and_do_no_more(source: MadeUpSource) -> None:
    twice = usual()
    twice[1][2] = twice[0][2]
    assert source.in_short(csv(twice), LIST) == [
        ("repeated_identity", "lossy", "License", "1% of its values occur more than once")
    ]


def test_leads_that_stand_behind_each_other_now(source: MadeUpSource) -> None:
    one = usual()
    for each in one[::5]:
        each[:3] = one[0][:3]
    assert ("lossy", "0% of the leads are hidden by others", "19% are") in [
        (each.kind_class, each.detail.expected, each.detail.found)
        for each in source.differences(csv(one), LIST)
    ]
    assert source.in_short(csv(one), csv(one)) == []


@pytest.mark.parametrize(
    ("number", "found"),
    [
        (95, []),
        (85, [("record_count", "lossy", "", "85, 15% fewer")]),
        (70, [("record_count", "breaking", "", "70, 30% fewer")]),
        (140, []),
        (160, [("record_count", "safe", "", "160, 60% more")]),
    ],
)
def test_the_number_of_records(source: MadeUpSource, number: int, found: list[object]) -> None:
    assert source.in_short(csv(usual(number)), LIST) == found


def test_a_fall_that_no_guard_holds_is_lossy(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, more="guards: {largest_fall: off}\n")
    assert source.in_short(csv(usual(70)), LIST) == [("record_count", "lossy", "", "70, 30% fewer")]


def test_how_the_file_is_written(source: MadeUpSource) -> None:
    accent = usual()
    accent[0][0] = "Chêne"
    moved = "\n" + csv(accent).replace(",", ";")
    assert source.in_short(moved.encode("utf-16"), LIST) == [
        ("encoding_changed", "safe", "", "utf-16-le"),
        ("layout_changed", "safe", "", "csv, semicolons between cells"),
        ("header_row_moved", "safe", "", "a header in line 2"),
    ]


def test_utf8_in_a_file_that_the_mapping_says_is_something_else(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, delivery=", encoding: cp1252")
    accent = usual()
    accent[0][0] = "Chêne"
    assert source.in_short(csv(accent).encode(), LIST) == [("encoding_changed", "lossy", "", "utf-8")]
    assert "encoding_changed" not in [each[0] for each in source.in_short(csv(accent).encode("cp1252"), LIST)]


def test_control_characters_that_only_a_wrong_encoding_makes(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, delivery=", encoding: latin-1")
    quoted = usual()
    quoted[0][0] = "“Oak” – Tree"
    found = "3 control characters (U+0080 to U+009F): it seems to be cp1252"
    assert source.in_short(csv(quoted).encode("cp1252"), LIST) == [("encoding_changed", "lossy", "", found)]


def test_a_file_that_cannot_be_read_breaks(source: MadeUpSource) -> None:
    found = source.in_short("<!doctype html><html><body>Sorry</body></html>", LIST)
    assert found == [("unreadable_delivery", "breaking", "", found[0][3])]
    assert "web page" in found[0][3]


def test_a_header_with_anything_in_it_is_only_a_header(source: MadeUpSource) -> None:
    odd = "=HYPERLINK(1)|<b>\x1b[31mFax"
    (difference,) = source.in_short(csv([[*each, "x"] for each in usual()], f"{HEADER},{odd}"), LIST)
    assert difference[2] == odd


def test_an_old_load_of_which_little_is_kept_is_compared_by_its_headers(source: MadeUpSource) -> None:

    rows = profiles_frame(source.delivered(LIST).profile).with_columns(profile=pl.lit(None, pl.String))
    old = read_profile(rows.filter(pl.col("position") > 0))
    more = source.delivered(csv([[*each[:-1], "x"] for each in usual()], HEADER.replace("Kind", "Fax")))
    found = compare(Comparison(source.mapping, more, old))
    assert [(each.name, each.detail.header) for each in found] == [
        ("column_added", "Fax"),
        ("column_gone", "Kind"),
    ]


def test_of_very_many_alike_the_first_are_told(source: MadeUpSource) -> None:
    more = [f"More {number}" for number in range(250)]
    wide = csv([[*each, *more] for each in usual(3)], ",".join([HEADER, *more]))
    found = source.in_short(wide)
    assert len(found) == 101
    assert found[-1] == ("column_added", "safe", "", "150 more")


def test_a_header_that_stands_twice_is_no_name_for_a_column(source: MadeUpSource) -> None:
    twice = csv([[*each, each[1]] for each in usual()], HEADER.replace("Phone", "Phone No") + ",Phone No")
    assert [difference for difference in source.in_short(twice, LIST) if difference[1] == "breaking"] == [
        ("missing_column", "breaking", "Phone", "no such column")
    ]


def by_name(
    source: MadeUpSource, now: str, before: str | None = LIST
) -> dict[str, tuple[str, str, str, str]]:
    """What is told, by the name of its kind."""
    return {
        each.name: (each.kind_class, each.detail.header, each.detail.expected, each.detail.found)
        for each in source.differences(now, before)
    }


def test_a_field_that_leads_had_and_none_has_any_more_breaks(tmp_path: Path) -> None:
    aid = "  accepts_financial_aid: {const: true, when: \"Kind = 'True'\"}\n"
    source = MadeUpSource(tmp_path, FIELDS.replace("ignore: [Kind, ", f"{aid}ignore: ["))
    before, now = csv(changed(6, "True", "False")), csv(changed(6, "1", "0"))
    assert by_name(source, now, before)["field_emptied"] == (
        "breaking",
        "",
        "50% of the leads have accepts_financial_aid",
        "none have it",
    )
    assert source.in_short(now, now) == []


def test_a_field_that_fewer_leads_have_is_told_unless_its_column_tells_it(tmp_path: Path) -> None:
    fields = FIELDS.replace(
        "capacity: Places", 'capacity: {from: Places, extract: "^([0-9]+)$", otherwise: blank}'
    )
    source = MadeUpSource(tmp_path, fields)
    half = csv(changed(5, "12", "12 places"))
    assert by_name(source, half)["filled_share"] == (
        "lossy",
        "Places",
        "100% of the leads have capacity",
        "50% have it",
    )
    assert by_name(source, LIST, half)["filled_share"][0] == "safe"
    assert set(by_name(source, csv(changed(5, "12", "")))) == {"empty_share"}


@pytest.mark.parametrize("before", [None, LIST])
def test_a_field_of_which_nothing_can_be_read_breaks(source: MadeUpSource, before: str | None) -> None:
    found = by_name(source, csv(changed(1, "call us", "see web site")), before)
    assert found["wholly_invalid"] == ("breaking", "Phone", "phone can be read", "none of 100 cells can")
    assert not {"unreadable_share", "field_emptied", "filled_share"} & found.keys()


def test_columns_that_have_changed_places_break(source: MadeUpSource) -> None:
    places = HEADER.split(",").index("Places")
    for other in ("Name", "License", "Status", "Kind"):
        at = HEADER.split(",").index(other)
        swapped = usual()
        for each in swapped:
            each[places], each[at] = each[at], each[places]
        found = by_name(source, csv(swapped))
        assert found["swapped_columns"][0] == "breaking", other
        assert "seem to be swapped" in found["swapped_columns"][3]


def test_columns_of_the_same_looks_are_told_by_what_comes_again(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, FIELDS.replace("ignore:", "  city: City\n  county: County\nignore:"))
    cities, counties = ("Reno", "Elko", "Ely", "Wells"), ("Washoe", "Clark", "Lyon", "Nye")
    rows = [(*each, cities[at % 4], counties[at % 3]) for at, each in enumerate(usual())]
    before = csv([list(row) for row in rows], HEADER + ",City,County")
    now = csv([[*row[:-2], row[-1], row[-2]] for row in rows], HEADER + ",City,County")
    assert by_name(source, now, before)["swapped_columns"] == (
        "breaking",
        "City",
        "'City' and 'County' as before",
        "'City' and 'County' seem to be swapped",
    )
    assert source.in_short(before, before) == []


def test_date_columns_that_changed_places_are_told_by_the_dates_that_come_again(tmp_path: Path) -> None:
    expires = '  certificate_expiration_date: {from: Expires, formats: ["%m/%d/%Y"]}\nignore:'
    source = MadeUpSource(tmp_path, FIELDS.replace("ignore:", expires))
    rows = [(*each, f"{at % 12 + 1:02}/{at % 27 + 1:02}/{2027 + at % 9}") for at, each in enumerate(usual())]
    before = csv([list(row) for row in rows], HEADER + ",Expires")
    now = csv([[*row[:4], row[-1], *row[5:-1], row[4]] for row in rows], HEADER + ",Expires")
    assert by_name(source, now, before)["swapped_columns"][3] == "'Issued' and 'Expires' seem to be swapped"


def test_rewritten_license_numbers_are_told_without_a_key_in_the_mapping(source: MadeUpSource) -> None:
    others = usual()
    for each in others:
        each[2] = f"B{each[2][1:]}7"
    assert by_name(source, csv(others))["keys_in_common"][:2] == ("breaking", "License")


def test_a_delivery_that_cannot_be_read_is_told_as_that(source: MadeUpSource) -> None:
    wider = csv([[*each, "more"] for each in usual()])
    (difference,) = compare(Comparison.of(source.mapping, source.delivered(wider)))
    assert (difference.name, difference.kind_class) == ("unreadable_delivery", "breaking")


def test_a_vocabulary_whose_values_are_spread_otherwise(source: MadeUpSource) -> None:
    found = by_name(source, csv(changed(3, "Shut", "Shut", "Open")))
    assert found == {
        "value_shares": ("lossy", "Status", "license_status is 'closed' in 20%", "in 67%"),
    }


def test_numbers_of_another_size_name_the_likely_unit(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, FIELDS.replace("capacity: Places", "max_age: Places"))
    years, months = csv(changed(5, "4", "5", "12")), csv(changed(5, "48", "60", "144"))
    assert by_name(source, months, years)["quantiles_moved"] == (
        "lossy",
        "Places",
        "max_age: median 5",
        "median 60, 12× larger: months instead of years?",
    )
    found = by_name(source, years, months)["quantiles_moved"][3]
    assert found == "median 5, 12× smaller: years instead of months?"
    assert source.in_short(csv(changed(5, "6", "5", "11")), years) == []


def test_numbers_that_are_no_durations_name_no_unit(source: MadeUpSource) -> None:
    few, many = csv(changed(5, "4", "5", "12")), csv(changed(5, "48", "60", "144"))
    assert by_name(source, many, few)["quantiles_moved"][3] == "median 60, 12× larger"


def test_dates_of_other_years(source: MadeUpSource) -> None:
    found = by_name(source, csv(changed(4, "01/02/1926", "03/04/1927")))
    assert found["quantiles_moved"][3] == "median 1926-01-02"


def test_keys_that_no_published_lead_has(tmp_path: Path) -> None:
    source = MadeUpSource(tmp_path, more="key: license_number\n")
    others = usual()
    for each in others:
        each[2] = f"A-{each[2][1:]}"
    assert by_name(source, csv(others))["keys_in_common"] == (
        "breaking",
        "License",
        "most leads have the license_number of a published one",
        "0% of them have it; it used to look like 'a99999' and now looks like 'a-99999'",
    )
    assert "keys_in_common" not in by_name(source, csv(usual(130)[30:]))


def test_a_key_that_is_the_number_of_the_record(tmp_path: Path) -> None:
    source = MadeUpSource(
        tmp_path, FIELDS.replace("license_number: License", "provider_id: No"), "key: provider_id\n"
    )
    numbered = [[*each, str(number)] for number, each in enumerate(usual(), 1)]
    header = HEADER.replace("License", "X") + ",No"
    found = by_name(source, csv(numbered, header), None)
    assert found["key_counts_records"][:2] == ("lossy", "No")
    moved = [*numbered[1:], numbered[0]]
    assert "key_counts_records" not in by_name(source, csv(moved, header), None)


@pytest.mark.parametrize("way", ["header: 1", "header: none, skip_lines: 1"])
def test_names_of_the_mapping_over_columns_that_are_called_otherwise_break(tmp_path: Path, way: str) -> None:
    names = HEADER.split(",")
    source = MadeUpSource(tmp_path)
    text = source.path.read_text()
    delivery = f'delivery: {{match: "acme*.csv", {way}, names: [{HEADER}]}}'
    source.path.write_text(text.replace('delivery: {match: "acme*.csv"}', delivery))
    assert source.in_short(LIST, LIST) == source.in_short(LIST) == []
    turned = [[*each[:2], each[3], each[2], *each[4:]] for each in usual()]
    header = ",".join([*names[:2], names[3], names[2], *names[4:]])
    for before in (None, LIST):
        difference = by_name(source, csv(turned, header), before)["names_moved"]
        assert difference[:2] == ("breaking", "License")
        assert difference[3] == "different headers for column 3 ('License') and column 4 ('Status')"
    # A name of its own in the file is none of the mapping's business, as long as it stays.
    other = csv(usual(), HEADER.replace("Places", "Size"))
    assert source.in_short(other, other) == source.in_short(other) == []
    assert by_name(source, other)["names_moved"][1] == "Places"


@pytest.mark.parametrize("before", [None, LIST])
def test_a_missing_header_line_is_one_finding_without_its_cells(
    source: MadeUpSource, before: str | None
) -> None:
    (difference,) = source.differences(LIST.split("\n", 1)[1], before)
    assert (difference.name, difference.kind_class) == ("header_missing", "breaking")
    assert difference.detail.found.startswith("line 1 looks like a record")
    assert not [cell for cell in usual(1)[0] if len(cell) > 2 and cell in repr(difference)]
    if before:
        assert f"names: [{HEADER.replace(',', ', ')}]" in difference.detail.advice


def test_headers_that_are_all_new_are_no_record(source: MadeUpSource) -> None:
    other = csv(usual(), "A,B,C,D,E,F,G")
    assert "header_missing" not in by_name(source, other)
    years = csv([["Elm", "4", "5"], ["Oak", "6", "7"]], "Town,2019,2020")
    assert by_name(source, years, None).keys() & {"header_missing", "missing_column"}


def test_a_last_record_that_looks_like_a_total_is_told(source: MadeUpSource) -> None:
    total = f"{LIST}Total,,,,,1200,\n"
    assert ("total_row", "lossy", "", "line 102 looks like a total") in source.in_short(total, LIST)
    assert "total_row" not in by_name(source, f"{LIST}Total Care,702-200-3000,,,,1200,\n")


@pytest.mark.parametrize(
    "header",
    ["Name,Phone,License,Issued,Status,Places,Kind", "Provider,Telephone,Permit,State,Since,Beds,Sort"],
    ids=["another order", "other names"],
)
def test_a_header_where_the_mapping_says_there_is_none_is_one_finding(tmp_path: Path, header: str) -> None:
    names = f", header: none, names: [{HEADER}]"
    source = MadeUpSource(tmp_path, delivery=names)
    none = LIST.split("\n", 1)[1]
    (difference,) = source.differences(csv(usual(), header), none)
    assert (difference.name, difference.kind_class, difference.word) == (
        "header_among_records",
        "breaking",
        "names",
    )
    assert difference.detail.found == "the first record looks like a header, and is read as a record"
    left_out = [("header_among_records", "safe", "", "the first record looks like a header, and is left out")]
    assert source.in_short(LIST, none) == left_out
    # A first record that is only partly blank or broken is none.
    odd = usual()
    odd[0][1:6] = ["unknown", "", "Open", "soon", "5"]
    assert not [each for each in source.in_short(csv(odd).split("\n", 1)[1], none) if "header" in each[0]]
