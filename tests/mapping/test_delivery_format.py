import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from leadingest.mapping.delivery_format import DeliveryFormat, FooterMatch
from leadingest.mapping.delivery_values import RepeatedColumn
from leadingest.mapping.schema.yaml_schema import schema_of

#: Only Python knows its encodings, and what is a regular expression.
BEYOND_A_SCHEMA = [("encoding", "klingon"), ("encoding", "base64"), ("footer", {"match": "("})]
BEYOND_A_SCHEMA += [
    ("repeat", {"Phone": ["A", "B"], "Name": ["C", "D", "E"]}),
    ("repeat", {"Phone": ["A", "B"], "Name": ["C", "a"]}),
]


SCHEMA = Draft202012Validator({**schema_of(DeliveryFormat)[0], "$defs": schema_of(DeliveryFormat)[1]})


def given(**keys: object) -> DeliveryFormat:
    return DeliveryFormat.model_validate(keys)


def test_names_and_a_header_of_several_rows_do_not_go_together() -> None:
    with pytest.raises(ValidationError, match="header must not have rows if names is given"):
        given(header={"rows": "2", "row": "1"}, names=["a"])


def test_a_range_of_columns_goes_from_left_to_right() -> None:
    with pytest.raises(ValidationError, match="must be the letters of a first and a last column"):
        given(columns="H:B")


def test_a_header_has_one_row_unless_it_is_said() -> None:
    assert [given(header=header).header_rows for header in (3, {"row": 3, "rows": 2}, {"rows": 3})] == [
        1,
        2,
        3,
    ]
    assert given(header={"rows": 2}).model_copy(update={"sheet": "S"}).header_rows == 2


def test_every_key_has_a_default() -> None:
    fmt = given()
    assert (fmt.nulls, fmt.quote, fmt.skip_lines, fmt.footer, fmt.header) == (("",), '"', 0, 0, None)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("match", "source3*.csv", ("source3*.csv",)),
        ("match", ["a/*.csv", "b/**/*.csv"], ("a/*.csv", "b/**/*.csv")),
        ("nulls", ["", "N/A", None], ("", "N/A", "")),
        ("nulls", "N/A", ("N/A",)),
        ("delimiter", "tab", "\t"),
        ("delimiter", "\\t", "\t"),
        ("delimiter", "|", "|"),
        ("quote", "none", None),
        ("quote", "'", "'"),
        ("escape", "\\", "\\"),
        ("escape", "none", ""),
        ("encoding", "latin-1", ("iso8859-1",)),
        ("encoding", ["UTF8", "cp1252"], ("utf-8", "cp1252")),
        ("header", "3", 3),
        ("header", ["Col A", "Col B"], ("Col A", "Col B")),
        ("header", {"match": ["Col A"]}, ("Col A",)),
        ("header", {"match": "Col A"}, ("Col A",)),
        ("header", {"match": "Col A", "rows": "2"}, ("Col A",)),
        ("header", {"row": "3", "rows": "2"}, 3),
        ("header", {"rows": "2"}, None),
        ("columns", "B:h", (2, 8)),
        ("columns", "Z:AA", (26, 27)),
        ("until", "blank", "blank"),
        ("skip_lines", "2", 2),
        ("footer", "1", 1),
        ("record_bytes", "4096", 4096),
        ("record_lines", 5000, 5000),
        ("footer", {"match": "^Total"}, FooterMatch(match="^Total")),
        ("repeat", {" Phone ": ["A", "B  1"]}, (RepeatedColumn("Phone", (("A",), ("B 1",))),)),
        ("sheet", "2", "2"),
        ("compression", "zst", "zst"),
        ("member", "*.csv", "*.csv"),
        ("links", "follow", "follow"),
    ],
)
def test_what_yaml_gives_becomes_a_value(key: str, text: object, value: object) -> None:
    assert getattr(given(**{key: text}), key) == value
    assert SCHEMA.is_valid({key: text})


@pytest.mark.parametrize(
    ("key", "text", "message"),
    [
        ("match", "/data/*.csv", "must stay under the inbox"),
        ("match", ["a.csv", "../b.csv"], "must stay under the inbox"),
        ("match", "C:\\data\\*.csv", "must stay under the inbox"),
        ("match", "a\\..\\b.csv", "must stay under the inbox"),
        ("match", "", "must be a file name or a pattern"),
        ("nulls", [["x"]], "must be a text or a list of texts"),
        ("format", "json", "must be csv, tsv, xlsx, xls, xlsb or ods"),
        ("compression", "rar", "must be none, gz, zst or zip"),
        ("encoding", "klingon", "must be the name of an encoding"),
        ("encoding", [], "must be the name of an encoding, or a list"),
        ("encoding", "base64", "must be the name of an encoding"),
        ("delimiter", "||", "must be one ASCII character"),
        ("delimiter", "§", "must be one ASCII character"),
        ("delimiter", "x", "must be one ASCII character"),
        ("quote", "", "or none for a file without quoting"),
        ("escape", "\n", "must be one ASCII character"),
        ("header", "0", "must be a row number counted from 1"),
        ("header", [], "must name at least one header"),
        ("header", ["a", ""], "none of them blank"),
        ("header", {"names": ["a"]}, "as a table it has the key match"),
        ("header", {"rows": 4}, "must have 1, 2 or 3 rows"),
        ("header", {"rows": "2", "names": ["a"]}, "as a table it has the key match"),
        ("columns", "H", "must be the letters of a first and a last column"),
        ("until", "end", "must be blank"),
        ("names", "a", "must be a list of header names"),
        ("skip_lines", "-1", "must be a number of lines"),
        ("footer", "many", "must be a number of lines"),
        ("footer", 1001, "must be a number of lines, at most 1000"),
        ("record_bytes", "0", "must be a number of bytes"),
        ("record_bytes", 16777217, "must be a number of bytes, at most 16777216"),
        ("record_lines", "all", "must be a number of lines"),
        ("footer", {"match": "("}, "must be a regular expression"),
        ("repeat", {}, "must be columns with their headers"),
        ("repeat", {"Phone": ["Phone 1"]}, "must give 2 to 50 headers for 'Phone'"),
        ("repeat", {"Phone": ["Phone"] * 51}, "must give 2 to 50 headers for 'Phone'"),
        ("repeat", {"Phone": ["A", "B"], "Name": ["C", "D", "E"]}, "same length: Phone has 2, Name has 3"),
        ("repeat", {"Phone": ["A", "B"], "Name": ["C", "a"]}, "must name a header once, not 'a' twice"),
        ("sheet", "0", "must be the name of a sheet"),
        ("member", " ", "must be the name of a file in the archive"),
        ("links", "yes", "must be refuse or follow"),
        ("quote", None, "must have a value"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(key: str, text: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message) as caught:
        given(**{key: text})
    assert caught.value.errors()[0]["loc"][0] == key
    assert SCHEMA.is_valid({key: text}) is ((key, text) in BEYOND_A_SCHEMA)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"header": "none"}, "names must be given"),
        ({"names": ["a"]}, "header must give the row of the header"),
        ({"delimiter": "'", "quote": "'"}, "delimiter must differ"),
        ({"delimeter": ";"}, "Extra inputs are not permitted"),
    ],
)
def test_keys_that_do_not_fit_together_are_refused(keys: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        given(**keys)
    assert SCHEMA.is_valid(keys) is ("quote" in keys)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("leads.csv", "csv"),
        ("leads.TSV.gz", "tsv"),
        ("leads.xlsx", "xlsx"),
        ("leads.xlsx.zip", "xlsx"),
        ("leads.txt", "csv"),
        ("leads", "csv"),
    ],
)
def test_the_ending_of_the_name_tells_the_format(name: str, found: str) -> None:
    assert given().format_of(name) == found
    assert given(format="tsv").format_of(name) == "tsv"


def test_every_key_is_described_with_valid_examples() -> None:
    for name, field in DeliveryFormat.model_fields.items():
        assert field.description and field.description.endswith(".")
        assert field.examples
        for example in field.examples:
            more: dict[str, object] = {"names": ["a"]} if example == "none" and name == "header" else {}
            more |= {"header": "none"} if name == "names" else {}
            given(**{name: example}, **more)
            assert SCHEMA.is_valid({name: example} | more)
