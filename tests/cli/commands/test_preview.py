"""Tests of leadingest.cli.commands.preview."""

from __future__ import annotations

import json

import pytest

from tests.cli.made_up_project import MadeUpProject


def test_the_newest_delivery_of_the_source_is_shown(project: MadeUpProject) -> None:
    result = project.call("preview", "--source", "utah")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "utah: utah.csv\n"
        "  1 read = 1 lead + 0 rejected + 0 filtered\n"
        "\n"
        "record 1, line 2\n"
        "field    lead           as it came\n"
        "company  Red Rock Kids  Provider: Red Rock Kids\n"
        "phone    +18012003000   Telephone: 801-200-3000\n"
        "city     Moab           Town: Moab\n"
        "\n"
        "field    filled  invalid  distinct  values, the most frequent first\n"
        "company    100%                  1  Red Rock Kids\n"
        "phone      100%                  1  +18012003000\n"
        "city       100%                  1  Moab\n"
    )


def test_a_file_tells_its_source_by_its_name(project: MadeUpProject) -> None:
    result = project.call("preview", "--file", "inbox/nevada.csv", "--records", "1", "--format", "json")
    document = json.loads(result.stdout)
    assert (document["source"], [each["number"] for each in document["records"]]) == ("nevada", [1])


def test_records_can_be_chosen_by_number(project: MadeUpProject) -> None:
    words = ("preview", "--source", "nevada", "--record", "3", "--record", "1", "--format", "json")
    assert [each["number"] for each in json.loads(project.call(*words).stdout)["records"]] == [1, 3]


def test_records_can_be_chosen_at_random(project: MadeUpProject) -> None:
    words = ("preview", "--source", "nevada", "--random", "--records", "2", "--format", "json")
    numbers = [each["number"] for each in json.loads(project.call(*words).stdout)["records"]]
    assert len(numbers) == 2
    assert set(numbers) <= {1, 2, 3}


def test_a_page_can_be_made(project: MadeUpProject) -> None:
    result = project.call("preview", "--source", "nevada", "--format", "html")
    assert result.stdout.startswith("<!doctype html>\n")
    assert result.stdout.endswith("</html>\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            (),
            2,
            "error: which source? use --source NAME or --file PATH\nhint: the sources are nevada, utah\n",
        ),
        (("--source", "utha"), 2, "there is no source 'utha'"),
        (("--source", "utah", "--record", "7"), 2, "error: utah.csv has no record 7: it has 1 record\n"),
        (
            ("--source", "nevada", "--limit", "2", "--record", "3"),
            2,
            "error: nevada.csv has no record 3: only the first 2 records were read\n",
        ),
        (
            ("--source", "utah", "--record", "1", "--random"),
            2,
            "--record and --random cannot be used together",
        ),
        (("--source", "utah", "--inbox", "empty"), 3, "error: no file utah*.csv in "),
    ],
)
def test_what_cannot_be_shown_is_told(
    project: MadeUpProject, words: tuple[str, ...], code: int, message: str
) -> None:
    result = project.call("preview", *words)
    assert result.exit_code == code
    assert message in result.stderr


def test_a_delivery_that_cannot_be_read_ends_with_one(project: MadeUpProject) -> None:
    project.write("inbox/utah.csv", "Provider,Town\nRed Rock Kids,Moab\n")
    result = project.call("preview", "--source", "utah")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the file has no header 'Telephone'" in result.stderr
