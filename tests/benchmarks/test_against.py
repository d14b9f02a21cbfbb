"""What a ratio is beside the committed one; nothing is measured here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.__main__ import main
from tests.benchmarks.against import FACTOR, Comparison, compared, comparison_table
from tests.benchmarks.figure import Figure
from tests.benchmarks.measurements import MEASUREMENTS
from tests.benchmarks.setting import Setting

RATIOS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.001, 1000))


def figures(ratios: dict[str, float]) -> list[Figure]:
    return [Figure(what, (ratio,)) for what, ratio in ratios.items()]


def failed(before: dict[str, float], now: dict[str, float]) -> set[str]:
    return {each.what for each in compared(figures(before), figures(now)) if each.failed}


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (1.0, 1.0, ""),
        (1.0, 1.49, ""),
        (1.0, 1.51, "worse"),
        (1.0, 0.7, ""),
        (1.0, 0.6, "better"),
        (1.0, None, "not measured"),
        (None, 1.0, "new"),
    ],
)
def test_a_ratio_has_a_verdict(before: float | None, now: float | None, verdict: str) -> None:
    assert Comparison("reading", before, now).verdict == verdict


@given(RATIOS)
def test_a_run_never_fails_against_itself(ratios: dict[str, float]) -> None:
    assert failed(ratios, ratios) == set()


@given(RATIOS, RATIOS)
def test_it_fails_where_a_ratio_is_worse_or_gone_and_nowhere_else(
    before: dict[str, float], now: dict[str, float]
) -> None:
    worse = {what for what in before if what not in now or now[what] > FACTOR * before[what]}
    assert failed(before, now) == worse


@given(RATIOS, RATIOS)
def test_every_ratio_of_either_run_is_told_of_once_and_what_failed_first(
    before: dict[str, float], now: dict[str, float]
) -> None:
    lines = compared(figures(before), figures(now))
    assert sorted(each.what for each in lines) == sorted({*before, *now})
    verdicts = [each.failed for each in lines]
    assert verdicts == sorted(verdicts, reverse=True)


def test_it_is_the_medians_that_are_compared() -> None:
    before, now = Figure("reading", (1.0, 1.0, 9.0)), Figure("reading", (1.2, 5.0, 1.1))
    assert [(each.before, each.now) for each in compared([before], [now])] == [(1.0, 1.2)]


def test_seconds_and_bytes_are_not_compared() -> None:
    before = [Figure("start-up", (0.1,), unit="s"), Figure("memory", (0.5,), unit="GiB")]
    now = [Figure("start-up", (9.0,), unit="s")]
    assert compared(before, now) == []


def test_what_cannot_be_measured_any_more_is_missed() -> None:
    now = [Figure("reading", lacking="there is no polars")]
    assert [each.verdict for each in compared(figures({"reading": 1.0}), now)] == ["not measured"]


TABLE = """\
| what | committed | measured | verdict |
| --- | --- | --- | --- |
| lint | 1.00 × | 2.00 × | **worse** |
| help | 1.00 × |  | **not measured** |
| read | 1.00 × | 1.10 × |  |
| load | 2.00 × | 1.00 × | better |
| lake |  | 3.00 × | new |

**2 of 5 ratios failed:** lint (worse); help (not measured).
"""


def test_the_table_says_what_became_of_each() -> None:
    before = {"read": 1.0, "lint": 1.0, "help": 1.0, "load": 2.0}
    now = {"read": 1.1, "lint": 2.0, "load": 1.0, "lake": 3.0}
    assert comparison_table(compared(figures(before), figures(now))) == TABLE


def test_the_table_says_that_nothing_became_worse() -> None:
    lines = compared(figures({"read": 1.0}), figures({"read": 1.4}))
    assert comparison_table(lines).endswith(
        "\n\nRatios compared: 1. None is more than 1.5 times the committed one.\n"
    )


def measure(monkeypatch: pytest.MonkeyPatch, ratio: float, *words: str, at_first: float | None = None) -> int:
    """The exit code of a run that finds this ratio, or another one at first, whatever it is told to measure."""
    ratios = [ratio if at_first is None else at_first, ratio]

    def found(setting: Setting) -> Iterator[Figure]:
        yield Figure(f"{setting.records} records, {setting.runs} times", (ratios.pop(0),))

    monkeypatch.setitem(MEASUREMENTS, "reading", found)
    return main([*words, "--mysql"])


def test_the_command_measures_what_was_measured_before_and_fails_where_it_is_worse(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "ratios.json")
    asked_for = ["--only", "reading", "--records", "40", "--runs", "2", "--json", file]
    assert measure(monkeypatch, 1.0, *asked_for) == 0
    assert measure(monkeypatch, 1.4, "--against", file) == 0
    assert measure(monkeypatch, 1.6, "--against", file) == 1
    assert capsys.readouterr().out.count("| 40 records, 2 times | 1.00 × | 1.") == 2
    # An option that is given counts, and then the earlier line is not measured.
    assert measure(monkeypatch, 1.0, "--against", file, "--records", "50") == 1
    assert "| 40 records, 2 times | 1.00 × |  | **not measured** |" in capsys.readouterr().out


def test_what_is_worse_in_a_busy_minute_alone_does_not_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "ratios.json")
    assert measure(monkeypatch, 1.0, "--only", "reading", "--records", "40", "--json", file) == 0
    assert measure(monkeypatch, 1.2, "--against", file, at_first=9.0) == 0
    output = capsys.readouterr()
    assert "| 40 records, 2 times | 1.00 × | 1.20 × |  |" in output.out
    assert "9.00" not in output.out
    assert "reading: worse than it was, and so measured once more" in output.err


def test_results_are_committed_anew_by_the_same_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = str(tmp_path / "ratios.json")
    assert measure(monkeypatch, 1.0, "--only", "reading", "--records", "40", "--json", file) == 0
    assert measure(monkeypatch, 2.0, "--against", file, "--json", file) == 1
    assert measure(monkeypatch, 2.0, "--against", file) == 0


def test_a_file_without_results_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ratios.json"
    for text in (None, "{}"):
        if text:
            file.write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit, match="2"):
            main(["--against", str(file)])
        assert f"{file} has no results of `--json`" in capsys.readouterr().err
