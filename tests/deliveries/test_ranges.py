"""Tests of leadingest.deliveries.ranges: a file that is read in ranges is the file that is read as one."""

from __future__ import annotations

import csv
import gzip
import io
import pickle
import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadingest.deliveries import ranges
from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.ranges import RangePlan, one_range_because, planned
from leadingest.deliveries.readers.text_records import TextRecords
from leadingest.deliveries.records import RecordBatch
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat
from tests.deliveries.conftest import Whole
from tests.deliveries.made_up_text import ANY_CELL, CUTS, PLAIN_CELL, Rows, broken, tables, written
from tests.searched import examples
from tests.workbooks import table, workbook

Read = Callable[..., Whole]


def range_by_range(opened: TextRecords, content: bytes, plan: RangePlan) -> Iterator[RecordBatch]:
    """The batches of a file of which each range is read by itself from its bytes."""
    for part in plan.ranges:
        records = plan.records(part, io.BytesIO(content[part.start :]))
        yield from records.batches()
        opened.noticed.add_part(records.noticed)


def in_ranges(content: bytes, *, size: int, block_size: int, **keys: object) -> tuple[Whole, RangePlan]:
    """What a file gives that is cut into ranges of a size, and the ranges."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "leads.csv")
        path.write_bytes(content)
        delivery = fingerprint(path)
        with open_records(delivery, DeliveryFormat.model_validate(keys), block_size=block_size) as records:
            assert isinstance(records, TextRecords)
            assert one_range_because(records, delivery) == ""
            plan = pickle.loads(pickle.dumps(planned(records, size=size)))
            return Whole.of(records, range_by_range(records, content, plan)), plan


def assert_alike(read: Read, content: bytes, *, size: int, block_size: int, **keys: object) -> None:
    """The file gives the same in ranges as it does as one, or cannot be read either way."""
    alone = outcome(partial(read, content, **keys))
    plan: list[RangePlan] = []

    def by_ranges() -> Whole:
        whole, made = in_ranges(content, size=size, block_size=block_size, **keys)
        plan.append(made)
        return whole

    together = outcome(by_ranges)
    if isinstance(alone, str) and isinstance(together, Whole):
        # Whether nothing can be read is known of the whole alone.
        assert re.search("can(not)? be read", alone) and not together.rows
        return
    assert together == alone
    if plan:
        assert plan[0].ranges[-1].size is None
        assert all(one.size and one.start < other.start for one, other in pairwise(plan[0].ranges))


def outcome(work: Callable[[], Whole]) -> Whole | str:
    try:
        return work()
    except DeliveryError as error:
        return str(error)


@pytest.fixture(autouse=True, scope="module")
def known_however_small() -> Iterator[None]:
    """Few lines that are proven are told, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranges, "_LEAST_KNOWN", 1)
        yield


SIZES = st.integers(1, 120)


@given(
    rows=tables(ANY_CELL | PLAIN_CELL, most_rows=30),
    delimiter=st.sampled_from([",", ";", "\t"]),
    quote=st.sampled_from(['"', "'"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    cuts=CUTS,
    quotes=st.sampled_from(["strict", "lenient"]),
    footer=st.sampled_from([0, 1, 3, {"match": "^(a|Total)"}]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    size=SIZES,
    block_size=st.integers(1, 80),
)
@settings(max_examples=examples(400))
def test_any_file_cut_anywhere_gives_what_it_gives_as_one_however_broken_it_is(
    read: Read,
    rows: Rows,
    delimiter: str,
    quote: str,
    line_end: str,
    quoting: int,
    cuts: list[tuple[int, int, bytes]],
    quotes: str,
    footer: object,
    mark: bytes,
    size: int,
    block_size: int,
) -> None:
    dialect = {"delimiter": delimiter, "quotechar": quote, "lineterminator": line_end}
    content = mark + broken(written(rows, quoting=quoting, **dialect), cuts)
    keys = {"delimiter": delimiter, "quote": quote, "quotes": quotes, "footer": footer}
    assert_alike(read, content, size=size, block_size=block_size, **keys)


@given(
    rows=tables(PLAIN_CELL, most_rows=30),
    encoding=st.sampled_from(["cp1252", "latin-1", "mac-roman"]),
    junk=st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from([b"\x81", b"\xe9", b'"', b"\n"])), max_size=5
    ),
    size=SIZES,
    block_size=st.integers(1, 80),
)
def test_where_each_byte_is_a_character_ranges_are_told_in_bytes_of_the_file(
    read: Read, rows: Rows, encoding: str, junk: list[tuple[int, bytes]], size: int, block_size: int
) -> None:
    content = written(rows, lineterminator="\n").content.decode().encode(encoding, "replace")
    begin = content.index(b"\n") + 1
    for place, put in junk:
        at = begin + place % (len(content) - begin + 1)
        content = content[:at] + put + content[at:]
    keys = {"encoding": encoding, "delimiter": ",", "quote": '"', "escape": "none"}
    assert_alike(read, content, size=size, block_size=block_size, **keys)


@given(rows=tables(PLAIN_CELL, most_rows=8), times=st.integers(2, 4), size=SIZES)
def test_a_header_that_comes_again_is_left_out_in_whatever_range_it_stands(
    read: Read, rows: Rows, times: int, size: int
) -> None:
    keys = {"delimiter": ",", "quote": '"', "escape": "none"}
    assert_alike(read, written(rows, lineterminator="\n").content * times, size=size, block_size=20, **keys)


@pytest.mark.parametrize("size", [1, 30, 200])
@pytest.mark.parametrize("end", [b"", b"Total,3\n", b"Total,3\n\n,\n \n", b"Total,3\nx\n"])
def test_a_last_record_that_looks_like_a_total_is_told(read: Read, size: int, end: bytes) -> None:
    assert_alike(read, b"a,b\n" + b"Oak,1\n" * 20 + end, size=size, block_size=10)


@pytest.mark.parametrize(
    ("lines", "rows"), [(b"", []), (b"Total,4\n", [("Total", "4")]), (b"Oak,1\n", [("Oak", "1")])]
)
def test_a_footer_may_be_all_that_there_is(read: Read, lines: bytes, rows: list[tuple[str, str]]) -> None:
    content, keys = b"a,b\n" + lines + b"Total,3\n", {"delimiter": ",", "footer": {"match": "^Total"}}
    assert read(content, **keys).rows == rows
    assert_alike(read, content, size=1, block_size=10, **keys)


def test_ranges_begin_where_they_say_and_cover_the_file() -> None:
    content = b"list of\nname,note\n" + b'Oak,"1\n2"\n' * 1_000
    whole, plan = in_ranges(content, size=2_000, block_size=500, skip_lines=1)
    assert len(whole.rows) == 1_000
    assert len(plan.ranges) == 5
    for part in plan.ranges:
        number = (part.start - content.index(b"Oak")) // 10
        assert (part.first.record, part.first.line) == (1 + number, 3 + 2 * number)


def test_a_plan_holds_no_record() -> None:
    _, plan = in_ranges(b"name\n" + b"Amy Oak\n" * 100 + b'"Eve Elm\n', size=50, block_size=50)
    assert len(plan.ranges) > 5
    assert not any(name in pickle.dumps(plan) for name in (b"Amy", b"Eve"))


@pytest.mark.parametrize(
    ("name", "content", "keys", "because"),
    [
        ("a.csv", b"a,b\n1,2\n", {}, ""),
        ("a.csv", "a,b\n1,\u00e9\n".encode("cp1252"), {"encoding": ["utf-8", "cp1252"]}, ""),
        ("a.xlsx", workbook(list=table(("a", "b"), ("1", "2"))), {}, "it is a workbook"),
        ("a.csv", "a,b\n1,2\n".encode("utf-16"), {}, "it is written in utf-16-le"),
        (
            "a.csv",
            "a,b\n1,\u00e9\n1,\u00e9\n".encode() + "2,\u00e9\n".encode("cp1252"),
            {"encoding": ["utf-8", "cp1252"]},
            "it is written in utf-8 and cp1252",
        ),
        ("a.csv", b"a,b\n1,2\n", {"fill_down": ["a"]}, "`fill_down` takes cells from the records above"),
        ("a.csv", b"a,b\n1,2\n", {"broken_lines": "join"}, "`broken_lines: join` puts records together"),
    ],
)
def test_what_can_only_be_read_as_one_is_told(
    name: str, content: bytes, keys: dict[str, object], because: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    delivery = fingerprint(tmp_path / name)
    with open_records(delivery, DeliveryFormat.model_validate(keys)) as records:
        assert one_range_because(records, delivery) == because


def test_a_packed_file_can_only_be_read_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a,b\n1,2\n"))
    delivery = fingerprint(tmp_path / "a.csv.gz")
    with open_records(delivery, DeliveryFormat()) as records:
        assert one_range_because(records, delivery) == "it is packed"


@pytest.mark.parametrize("size", [1, 10, 25])
def test_what_follows_a_reject_may_be_a_part_of_it_in_the_next_range_too(read: Read, size: int) -> None:
    content = b"a,b\n" + b'Oak,1\n1\n5" pipe,2\n5" pipe,3\n' * 20
    assert_alike(read, content, size=size, block_size=1, delimiter=",", quote='"')
    assert len(read(content).rejects) == 60
