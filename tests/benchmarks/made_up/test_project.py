"""A made-up project is one that leadingest runs."""

from pathlib import Path

from leadingest.ingest.mapping_index import MappingIndex
from tests.benchmarks.made_up.mapped import ROOT
from tests.benchmarks.made_up.project import write_project


def test_every_source_has_a_mapping_that_takes_its_delivery(tmp_path: Path) -> None:
    write_project(tmp_path, sources=4, records=2)
    project = MappingIndex(tmp_path / "mappings", ROOT / "ddl")
    names = ["made_up_001", "made_up_002", "made_up_003", "made_up_004"]
    assert list(project.sources()) == names
    assert [project.source_taking(tmp_path / "inbox" / f"{name}.csv") for name in names] == names


def test_two_sources_of_one_shape_have_other_records(tmp_path: Path) -> None:
    write_project(tmp_path, sources=2, records=2, shapes=["source3"])
    one, other = (file.read_text() for file in sorted((tmp_path / "inbox").iterdir()))
    assert one.splitlines()[0] == other.splitlines()[0]
    assert one != other
