import io
import os
from pathlib import Path

import pytest

from leadingest.deliveries.byte_streams import Readable, WatchedStream, damaged, most_unpacked
from leadingest.deliveries.delivery import Delivery, fingerprint
from leadingest.errors import DeliveryError


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"a\n1\n")
    return fingerprint(path)


class Failing:
    """A stream that cannot be read."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def read(self, size: int, /) -> bytes:
        raise self._error


def watched(stream: Readable, delivery: Delivery, most: int | None = None) -> WatchedStream:
    return WatchedStream(stream, delivery, damage=lambda: damaged(delivery.name, "zip"), most=most)


def refused(stream: Readable, delivery: Delivery) -> str:
    with pytest.raises(DeliveryError) as caught:
        watched(stream, delivery).read(10)
    return caught.value.message


def test_small_archives_may_unpack_to_much_and_large_ones_to_so_many_times_their_size() -> None:
    assert most_unpacked(10) == 64 << 20
    assert most_unpacked(1 << 30) == 250 << 30


def test_a_file_that_is_not_packed_may_be_of_any_size(delivery: Delivery) -> None:
    stream = watched(io.BytesIO(b"x" * (65 << 20)), delivery)
    assert len(stream.read(65 << 20)) == 65 << 20


def test_more_than_may_come_out_is_refused(delivery: Delivery) -> None:
    stream = watched(io.BytesIO(b"x" * 10), delivery, most=9)
    assert stream.read(9) == b"x" * 9
    with pytest.raises(DeliveryError, match="unpacks to more than 250 times its size"):
        stream.read(9)


def test_a_file_that_is_changed_while_it_is_read_is_refused_at_its_end(delivery: Delivery) -> None:
    with delivery.path.open("rb") as file:
        stream = watched(file, delivery)
        assert stream.read(100) == b"a\n1\n"
        with delivery.path.open("ab") as writer:
            writer.write(b"2\n")
        assert stream.read(100) == b"2\n"
        with pytest.raises(DeliveryError, match=r"leads\.csv: the file changed while it was being read"):
            stream.read(100)


def test_damage_that_comes_of_a_change_is_told_as_the_change(delivery: Delivery) -> None:
    os.utime(delivery.path, (1, 1))
    assert "the file changed while it was being read" in refused(Failing(EOFError()), delivery)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError("Invalid data stream"), "the zip archive is damaged or cut off"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
    ],
)
def test_an_error_of_bz2_and_one_of_the_system_are_told_apart(
    delivery: Delivery, error: OSError, message: str
) -> None:
    assert refused(Failing(error), delivery) == f"leads.csv: {message}"
