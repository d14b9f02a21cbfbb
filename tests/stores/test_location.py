"""Tests of leadingest.stores.location."""

from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError
from leadingest.stores.location import ObjectUrl, as_location, pure_path


@pytest.mark.parametrize("key", ["a b.csv", "a+b.csv", "a%2Fb.csv", "Zoë 日本.csv", "a#?*[1].csv", "x/y.csv"])
def test_a_key_stands_as_it_is(key: str) -> None:
    url = as_location(f"s3://leads/inbox/{key}")
    assert url == ObjectUrl("s3", "leads", f"inbox/{key}")
    assert str(url) == f"s3://leads/inbox/{key}"
    assert as_location(str(url)) == url
    assert url.name == key.rpartition("/")[2]


def test_a_path_is_a_path_and_a_prefix_needs_no_slash() -> None:
    assert as_location("inbox/x.csv") == Path("inbox/x.csv")
    assert as_location("S3://leads/") == as_location("s3://leads") == ObjectUrl("s3", "leads")
    assert as_location("gs://leads/in/") == ObjectUrl("gs", "leads", "in")


@pytest.mark.parametrize("url", ["s3://", "s3:///in", "s3://AKIA:hidden@leads/in", "ftp://me:hidden@host/x"])
def test_an_address_without_a_bucket_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        as_location(url)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize("key", ["a//b", "../b", "a/./b"])
def test_a_key_that_cannot_be_read_is_refused(key: str) -> None:
    with pytest.raises(ConfigurationError, match="this key has an empty part"):
        as_location(f"s3://leads/{key}")


def test_an_object_is_matched_by_globs_as_a_file_is() -> None:
    assert pure_path(ObjectUrl("s3", "leads", "in/acme/a.csv")).match("acme/*.csv")
    assert not pure_path(ObjectUrl("s3", "leads", "in/acme/a.csv")).match("beta/*.csv")


def test_a_prefix_holds_what_lies_below_it() -> None:
    prefix = ObjectUrl("s3", "leads", "in")
    assert prefix.holds(prefix / "a") and prefix.holds(prefix) and ObjectUrl("s3", "leads").holds(prefix)
    assert not prefix.holds(ObjectUrl("s3", "leads", "in2"))
    assert not prefix.holds(ObjectUrl("s3", "other", "in"))
