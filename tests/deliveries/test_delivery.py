import hashlib
import os
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from socket import AF_UNIX, socket

import pytest

from leadingest.deliveries.delivery import fingerprint, refuse_changed
from leadingest.errors import DeliveryError
from tests.unprivileged import unprivileged, unprivileged_folder


def test_a_fingerprint_says_what_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"a\n1\n")
    os.utime(path, (86_400, 86_400))
    delivery = fingerprint(path)
    assert (delivery.path, delivery.name, delivery.size) == (path, "leads.csv", 4)
    assert delivery.sha256 == hashlib.sha256(b"a\n1\n").hexdigest()
    assert delivery.modified == datetime(1970, 1, 2, tzinfo=UTC)


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(DeliveryError) as caught:
        fingerprint(path)
    return caught.value.message, caught.value.hint


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.csv") == (
        "gone.csv: file not found",
        "check the path and whether the file was moved",
    )


def test_a_folder_is_no_delivery(tmp_path: Path) -> None:
    assert refused(tmp_path) == (f"{tmp_path.name}: this is a folder, not a file", "name a file in it")


def test_a_pipe_is_no_delivery_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "leads.csv")
    assert refused(tmp_path / "leads.csv") == (
        "leads.csv: this is a named pipe, not a file",
        "save its content to a file; a delivery is read more than once",
    )


def test_a_socket_is_no_delivery(tmp_path: Path) -> None:
    with closing(socket(AF_UNIX)) as listener:
        listener.bind(str(tmp_path / "a.csv"))
        assert refused(tmp_path / "a.csv")[0] == "a.csv: this is a socket, not a file"


def test_a_device_is_no_delivery() -> None:
    assert refused(Path("/dev/null"))[0] == "null: this is a device, not a file"


def test_a_file_that_may_not_be_read_is_told() -> None:
    with unprivileged_folder() as folder:
        (folder / "leads.csv").write_bytes(b"a\n1\n")
        (folder / "leads.csv").chmod(0)
        with unprivileged():
            assert refused(folder / "leads.csv") == (
                "leads.csv: no permission to read the file",
                "give this user permission to read it",
            )


def change_longer(path: Path) -> None:
    path.write_bytes(b"a\n1\n2\n")


def change_time(path: Path) -> None:
    os.utime(path, (86_400, 86_400))


@pytest.mark.parametrize("change", [change_longer, change_time])
def test_a_file_that_is_still_being_written_is_refused(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"a\n1\n")
    delivery = fingerprint(path)
    refuse_changed(delivery)
    change(path)
    with pytest.raises(DeliveryError) as caught:
        refuse_changed(delivery)
    assert caught.value.message == (
        "leads.csv: the file changed while it was being read, so nothing was loaded"
    )
    assert caught.value.hint == (
        "run again when it is complete; write it under a name that ends in .part or "
        ".tmp, which a run ignores, and rename it when it is complete"
    )


def test_a_file_that_goes_away_is_told(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"a\n1\n")
    delivery = fingerprint(path)
    path.unlink()
    with pytest.raises(DeliveryError) as caught:
        refuse_changed(delivery)
    assert caught.value.message == (
        "leads.csv: the file was removed while it was being read, so nothing was loaded"
    )
    assert caught.value.hint == "put it back and run again; move files only after a run has finished"
