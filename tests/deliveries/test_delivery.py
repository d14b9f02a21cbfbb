import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.errors import DeliveryError


def test_a_fingerprint_says_what_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"a\n1\n")
    os.utime(path, (86_400, 86_400))
    delivery = fingerprint(path)
    assert (delivery.path, delivery.name, delivery.size) == (path, "leads.csv", 4)
    assert delivery.sha256 == hashlib.sha256(b"a\n1\n").hexdigest()
    assert delivery.modified == datetime(1970, 1, 2, tzinfo=UTC)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match=r"gone\.csv: there is no such file"):
        fingerprint(tmp_path / "gone.csv")


def test_a_folder_is_no_delivery(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="this is a folder"):
        fingerprint(tmp_path)
