"""The `guards:` section of a mapping."""

from fractions import Fraction

import pytest
from pydantic import ValidationError

from leadingest.mapping.guards import Guards


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("10%", Fraction(1, 10)),
        ("0.5 %", Fraction(1, 200)),
        ("100%", Fraction(1)),
        ("0%", Fraction(0)),
        ("off", None),
    ],
)
def test_a_share_is_exact(written: str, share: Fraction | None) -> None:
    assert Guards.model_validate({"most_rejects": written}).most_rejects == share


@pytest.mark.parametrize("written", ["10", "0.1", "101%", "-1%", "many", "", "%", ["10%"], 10])
def test_what_is_no_share_is_refused_in_words(written: object) -> None:
    with pytest.raises(ValidationError, match="must be a share such as 10%, or off"):
        Guards.model_validate({"largest_fall": written})


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("fewest_records", "some", "must be a number of records; 0 switches it off"),
        ("sent_before", "off", "must be hold or publish"),
        ("older_delivery", None, "must have a value"),
        ("most_reject", "10%", "Extra inputs"),
    ],
)
def test_a_key_or_value_that_there_is_not_is_refused(key: str, value: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Guards.model_validate({key: value})


def test_what_a_mapping_says_stands_over_what_the_project_says() -> None:
    project = Guards.model_validate({"most_rejects": "1%", "largest_fall": "off"})
    mapping = Guards.model_validate({"most_rejects": "50%", "fewest_records": "7"})
    over = mapping.over(project)
    assert (over.most_rejects, over.fewest_records, over.largest_fall) == (Fraction(1, 2), 7, None)


def test_a_mapping_may_switch_off_what_the_project_asks_for() -> None:
    project = Guards.model_validate({"most_rejects": "1%"})
    assert Guards.model_validate({"most_rejects": "off"}).over(project).most_rejects is None
