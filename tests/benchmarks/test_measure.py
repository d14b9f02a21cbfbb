"""How programs are measured."""

import resource
import sys

import pytest

from tests.benchmarks.measure import BenchmarkError, measured

MIB = 1 << 20


def test_the_peak_is_that_of_the_program() -> None:
    more_than_ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + 50 * MIB
    run = measured([sys.executable, "-c", f"bytearray(b'x') * {more_than_ours}"])
    assert run.peak
    assert more_than_ours < run.peak < more_than_ours + 50 * MIB
    assert run.cpu_seconds > 0


def test_a_peak_that_hides_behind_our_own_is_not_told() -> None:
    assert measured([sys.executable, "-c", "pass"]).peak is None


def test_a_program_that_fails_is_no_measurement_and_its_last_words_are_told() -> None:
    with pytest.raises(BenchmarkError, match=r"(?s)ended with 3\n.*nothing there"):
        measured([sys.executable, "-c", "import sys; print('nothing there'); sys.exit(3)"])
