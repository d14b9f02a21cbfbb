from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from leadingest.deliveries.delivery import fingerprint
from leadingest.deliveries.open_records import open_records
from leadingest.deliveries.readers import READERS
from leadingest.errors import DeliveryError
from leadingest.mapping.delivery_format import DeliveryFormat, FileFormat

DATA = Path(__file__).parents[3] / "shared" / "data"

#: Records, columns and what must be declared, of real deliveries that lie beside the repository.
REAL: list[tuple[str, int, int, dict[str, object]]] = [
    ("exercise/source1.csv", 70, 13, {}),
    ("exercise/source2.csv", 28, 30, {}),
    ("exercise/source3.csv", 29, 20, {}),
    ("exercise/earlier_delivery/source1.csv", 5, 14, {}),
    ("exercise/earlier_delivery/source2.csv", 5, 30, {}),
    ("exercise/earlier_delivery/source3.csv", 5, 20, {}),
    ("samples/nys_home_daycare/2014-07-14.csv", 8087, 33, {}),
    ("samples/scottsdale_business_licences/2018_pipe.txt", 25755, 22, {"delimiter": "|", "quote": "none"}),
    ("samples/wales_schools_latin1/2018.csv", 1522, 16, {"encoding": "cp1252"}),
    ("samples/mo_relief_ppp/2022-r2.xlsx", 1231, 19, {}),
    ("samples/tx_childcare_full/2022-02.xlsx", 13363, 22, {}),
]


def test_every_format_of_the_language_has_a_reader() -> None:
    assert set(READERS) == set(get_args(FileFormat))


def test_the_declared_format_goes_before_the_name(read: Callable[..., Any]) -> None:
    assert read(b"a\tb\n1\t2\n", name="leads.xlsx", format="tsv").rows == [("1", "2")]


def test_a_file_that_has_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("a\n1\n")
    delivery = fingerprint(path)
    path.unlink()
    with (
        pytest.raises(DeliveryError, match=r"leads\.csv: there is no such file"),
        open_records(delivery, DeliveryFormat()),
    ):
        pass


def test_reading_may_stop_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("a\n" + "1\n" * 1000)
    with open_records(fingerprint(path), DeliveryFormat(), block_size=10) as records:
        assert next(records.batches()).numbers[0] == 1


@pytest.mark.skipif(not DATA.is_dir(), reason="the real deliveries are not beside the repository")
@pytest.mark.parametrize(("name", "records", "columns", "keys"), REAL)
def test_real_deliveries_are_read_whole(
    name: str, records: int, columns: int, keys: dict[str, object]
) -> None:
    with open_records(fingerprint(DATA / name), DeliveryFormat.model_validate(keys)) as opened:
        assert sum(batch.frame.height for batch in opened.batches()) == records
        assert len(opened.headers) == columns
