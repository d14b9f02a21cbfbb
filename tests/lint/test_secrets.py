"""Tests of leadingest.lint.secrets."""

from __future__ import annotations

import pytest

from leadingest.lint.secrets import masked, secrets_in


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mysql://me:s3cr3t!@db/leads", "mysql://me:********@db/leads"),
        ("key " + "AKIA" + "Q" * 16, "key ********"),
        ("ghp_" + "a1" * 20, "********"),
        ("password: hunter22", "password: ********"),
        ("api_key = 'abcd1234'", "api_key = '********'"),
        ("-----BEGIN RSA PRIVATE KEY-----", "********"),
    ],
)
def test_what_looks_like_a_secret_is_covered(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "mysql://me@db/leads",
        "https://host.example:8080/x",
        "password: ${PASSWORD}",
        "token: <your token>",
        "Secretary: Name",
        "from: [Phone, Phone No]",
        "12 - K820000017",
    ],
)
def test_what_only_sounds_like_one_is_left_alone(text: str) -> None:
    assert list(secrets_in(text)) == []
