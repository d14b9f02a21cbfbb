"""Tests of leadingest.cli.commands.rejects."""

import json

from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject

_BROKEN = (
    NEVADA_CSV + 'Oak, Elm,702-200-3003,Reno,5,Open\n,702-200-3004,Reno,1,Open\nPine,1,Reno,1\n"Fir,2,3,4,5\n'
)


def test_rejects_are_shown_by_reason_with_examples(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", _BROKEN)
    project.call("run", "--source", "nevada")
    result = project.call("rejects", "--source", "nevada")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "nevada: load 1: 4 of 7 records of nevada.csv rejected\n"
        "\n"
        "rejects  field    rule          record  line  message                                as it came\n"
        "      1           long_record        4     5  6 cells instead of 5                   Oak, Elm,702-200-3003,Reno,5,Open\n"
        '      1           open_quote         7     8  the quote opened here is never closed  "Fir,2,3,4,5\n'
        "      1           short_record       6     7  4 cells instead of 5                   Pine,1,Reno,1\n"
        '      1  company  required           5     6  Name has no value, but is required     {"Name":"","Phone":"702-200-3004","City":"Reno","Places":"1","Status":"Open"}\n'
        "\n"
        "hint: long_record: in the delivery section of the mapping, set `blanks: skip` if blanks precede the quotes of such cells, set `escape` to the character before such delimiters, or give all column names under `names` if the header is incomplete; otherwise ask for the file with such cells quoted, or with another delimiter\n"
        "hint: open_quote: if quotes have no special meaning in this file, set `quote: none` in the delivery section of the mapping; if quotes inside cells are preceded by a character, set it as `escape`\n"
        "hint: short_record: check `delimiter`, `quote` and `footer` in the delivery section of the mapping; if records are broken across several lines, use `broken_lines: join`; otherwise fix the file or ask for it again\n"
        "hint: write all as a file to correct: leadingest rejects --load 1 --raw > fixed.csv\n"
    )


def test_the_rejects_as_a_file_can_be_corrected_and_join_their_load(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", _BROKEN)
    project.call("run", "--source", "nevada")
    raw = project.call("rejects", "--load", "1", "--raw").stdout
    assert raw == (
        "record of load 1,Name,Phone,City,Places,Status\n"
        "4,Oak, Elm,702-200-3003,Reno,5,Open\n"
        "5,,702-200-3004,Reno,1,Open\n"
        "6,Pine,1,Reno,1\n"
        '7,"Fir,2,3,4,5\n'
    )
    corrected = raw.replace("Oak, Elm", '"Oak, Elm"').replace("\n5,,", "\n5,Ash,")
    corrected = corrected.replace("Pine,1,", "Pine,,1,").replace('"Fir', "Fir")
    file = project.write("fixed.csv", corrected)
    result = project.call("replay", "--load", "1", "--file", str(file), "--format", "json")
    assert [json.loads(result.stdout)[key] for key in ("status", "loaded", "left")] == ["replayed", 4, 0]


def test_a_load_without_rejects_says_so(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    assert project.call("rejects", "--source", "nevada").stdout == (
        "nevada: load 1: 0 of 3 records of nevada.csv rejected\n"
    )
    assert project.call("rejects", "--source", "nevada", "--raw").stdout == (
        "record of load 1,Name,Phone,City,Places,Status\n"
    )


def test_programs_get_the_same_as_json(project: MadeUpProject) -> None:
    project.write("inbox/nevada.csv", _BROKEN)
    project.call("run", "--source", "nevada")
    document = json.loads(
        project.call("rejects", "--load", "1", "--examples", "0", "--format", "json").stdout
    )
    assert (document["load_id"], document["source"], document["read"], document["rejected"]) == (
        1,
        "nevada",
        7,
        4,
    )
    assert [(each["field"], each["rule"], each["count"]) for each in document["reasons"]] == [
        (None, "long_record", 1),
        (None, "open_quote", 1),
        (None, "short_record", 1),
        ("company", "required", 1),
    ]


def test_the_newest_load_is_taken_held_ones_too_and_failed_ones_not(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    project.write("inbox/nevada.csv", NEVADA_CSV.split("Busy")[0])
    project.call("run", "--source", "nevada")
    project.write("inbox/nevada.csv", "<html>")
    project.call("run", "--source", "nevada")
    assert project.call("rejects", "--source", "nevada").stdout.startswith("nevada: load 2: 0 of 1 record ")


def test_a_load_must_be_named_and_be_there(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    for words, code, message in (
        ((), 2, "error: which load? use --source NAME or --load LOAD\n"),
        (("--load", "9"), 2, "error: there is no load 9 in sqlite:///<project>/leads.db\n"),
        (("--load", "1", "--source", "utah"), 2, "error: load 1 belongs to nevada, not to utah\n"),
        (("--source", "utah"), 3, "error: utah has no loads yet\n"),
        (("--source", "neveda"), 2, "error: there is no source 'neveda' in <project>/mappings\n"),
    ):
        result = project.call("rejects", *words)
        assert (result.exit_code, result.stdout) == (code, "")
        assert project.shown(result.stderr).startswith(message)
