"""Tests of leadingest.documents.yaml_document."""

from leadingest.documents.read_yaml import parse_yaml
from leadingest.documents.yaml_document import Position, locate


def test_every_node_knows_its_place() -> None:
    document = parse_yaml("source: x\nfields:\n  phone:\n    - Phone\n    - Telephone\n", "m.yaml")
    assert locate(document, ("fields", "phone")) == Position("m.yaml", 3, 3)
    assert locate(document, ("fields", "phone", 1)) == Position("m.yaml", 5, 7)


def test_a_path_that_leads_nowhere_ends_at_the_last_node_there_is() -> None:
    document = parse_yaml("fields:\n  phone: Phone\n", "m.yaml")
    assert locate(document, ("fields", "phone", "union tag", "from")) == Position("m.yaml", 2, 3)
