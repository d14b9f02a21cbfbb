from collections.abc import Callable

import pytest

from leadingest.errors import DeliveryError
from tests.deliveries.conftest import Whole

Read = Callable[..., Whole]


@pytest.mark.parametrize(
    ("content", "rows", "said"),
    [
        ("a;b\n1;2,5\n3;4\n", [("1", "2,5"), ("3", "4")], ["semicolons between cells"]),
        ("a|b|c\n1|2|3\n", [("1", "2", "3")], ["pipes between cells"]),
        ("a\tb\n1, 2\t3\n", [("1, 2", "3")], ["tabs between cells"]),
        (
            "'a';'b'\n'1,2';'3;4'\n",
            [("1,2", "3;4")],
            ["semicolons between cells", "' around cells"],
        ),
        ("a,b\n1,'x,y'\n2,z\n", [("1", "x,y"), ("2", "z")], ["' around cells"]),
        (
            'a,b\n1,"say \\"hi\\", now"\n2,"\\"z\\""\n',
            [("1", 'say "hi", now'), ("2", '"z"')],
            ["\\ before quotes or delimiters inside cells"],
        ),
        (
            "a,b\n1,Oak\\, Inc\n2,Elm\\, LLC\n3,z\n",
            [("1", "Oak, Inc"), ("2", "Elm, LLC"), ("3", "z")],
            ["\\ before quotes or delimiters inside cells"],
        ),
    ],
)
def test_what_fits_the_first_records_is_taken_and_told(
    read: Read, content: str, rows: list[tuple[str, ...]], said: list[str]
) -> None:
    whole = read(content.encode())
    assert (whole.rows, whole.rejects) == (rows, [])
    assert whole.remarks == tuple(f"it has {each}" for each in said)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        # One column, whatever stands in its cells.
        ("a\nx;y\nz|w\n", [("x;y",), ("z|w",)]),
        ("a\nx;y\nz;w\n", [("x;y",), ("z;w",)]),
        # The usual delimiter fits: others are text.
        ("a,b;c\n1,2;3\n", [("1", "2;3")]),
        ("a|b,c|d\n1|2,3|4\n", [("1|2", "3|4")]),
        # Apostrophes are text, and so are backslashes.
        ("a,b\n'tis,1\nO'Neil,2\n", [("'tis", "1"), ("O'Neil", "2")]),
        ("a,b\n'x',\"1\"\n", [("'x'", "1")]),
        ('a,b\n"C:\\",1\n"D:\\new",2\n', [("C:\\", "1"), ("D:\\new", "2")]),
        ("a,b\nC:\\,1\nD:\\,2\n", [("C:\\", "1"), ("D:\\", "2")]),
    ],
)
def test_what_is_usual_stays(read: Read, content: str, rows: list[tuple[str, ...]]) -> None:
    whole = read(content.encode())
    assert (whole.rows, whole.rejects, whole.remarks) == (rows, [], ())


def test_one_broken_record_makes_no_escape_character(read: Read) -> None:
    broken = b'a,b\n"1\\",2",3\n4,5\n'
    assert [reject[2] for reject in read(broken).rejects] == ["long_record"]
    assert read(broken, escape="\\").rows[0] == ('1",2', "3")


def test_what_is_declared_is_taken_whatever_fits_better(read: Read) -> None:
    assert read(b"a;b\n1;2\n", delimiter=",").rows == [("1;2",)]
    assert read(b"'a','b'\n'1','2'\n", quote='"').rows == [("'1'", "'2'")]
    with pytest.raises(DeliveryError, match="none of the 2 records can be read"):
        read(b'a,b\n1,"say \\"hi\\""\n2,"\\"z\\""\n', escape="none")


def test_the_delimiter_is_found_below_a_preamble(read: Read) -> None:
    content = b"List, of today\n\nName;Phone\nOak;1\n"
    assert read(content, header=["Phone"]).rows == [("Oak", "1")]
    assert read(content, skip_lines="2").rows == [("Oak", "1")]


def test_an_escape_is_looked_for_as_far_as_the_first_one(read: Read) -> None:
    plain = b"1,2\n" * 100_000
    whole = read(b"a,b\n" + plain + b'"say \\"hi\\"",1\n"\\"",2\n')
    assert whole.rows[-2:] == [('say "hi"', "1"), ('"', "2")]


def test_a_list_of_many_columns_and_no_records_in_sight_keeps_what_is_usual(read: Read) -> None:
    row = ",".join(f"c;{number}" for number in range(20_000)).encode()
    assert len(read(row + b"\n" + row.replace(b"c;", b"d;") + b"\n").rows[0]) == 20_000
