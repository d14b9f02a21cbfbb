"""What the pictures of the benchmark show; that they are drawn anew, tests.docs.test_pages sees to."""

from xml.etree import ElementTree

from tests.benchmarks.figure import Figure, Side
from tests.benchmarks.machine import Machine
from tests.benchmarks.measure import Measured
from tests.benchmarks.results import Results
from tests.docs.benchmark_pictures import Bar, BarChart, memory, start_up, throughput

MIB = 1 << 20
MACHINE = Machine("2026-06-30", "Abacus 4", 2, 24.0, "Debian", 0.04, {}, {"MariaDB 10.11.19": {}})


def loaded(tool: str, records: int, seconds: float, peak: int | None) -> Figure:
    side = Side(tool, (Measured(seconds, 0.1, peak),) * 3, records)
    return Figure(f"{records} by {tool}", (records / seconds,) * 3, (side,), unit="records/s")


def results(*figures: Figure) -> Results:
    return Results(figures, MACHINE, {})


SIZES = results(
    loaded("leadingest", 10_000, 2.0, 200 * MIB),
    loaded("pandas `to_sql`", 10_000, 4.0, None),
    loaded("leadingest", 30_000, 3.0, 300 * MIB),
    loaded("pandas `to_sql`", 30_000, 30.0, 150 * MIB),
)


def test_each_size_has_a_bar_for_each_tool() -> None:
    assert throughput(SIZES).groups == (
        ("10,000 records", (Bar("leadingest", 5_000, "5,000"), Bar("pandas to_sql", 2_500, "2,500"))),
        ("30,000 records", (Bar("leadingest", 10_000, "10,000"), Bar("pandas to_sql", 1_000, "1,000"))),
    )


def test_a_tool_whose_memory_is_not_known_has_no_bar() -> None:
    assert memory(SIZES).groups == (
        ("10,000 records", (Bar("leadingest", 200, "200"),)),
        ("30,000 records", (Bar("leadingest", 300, "300"), Bar("pandas to_sql", 150, "150"))),
    )


def test_a_short_command_stands_beside_what_it_is_compared_with() -> None:
    sides = (Side("leadingest", (Measured(2.0, 1.5),)), Side("the imports", (Measured(1.0, 0.5),)))
    bars = (Bar("leadingest", 1.5, "1.50"), Bar("the imports", 0.5, "0.50"))
    run = Figure("`leadingest run`, in CPU seconds of the imports", (3.0,), sides)
    on_the_wall = Figure("`leadingest --help`", (1.0,), sides, unit="s")
    chart = start_up(results(run, on_the_wall, loaded("leadingest", 10, 1.0, None)))
    assert chart.groups == (("leadingest run: 3.00 ×", bars), ("leadingest --help", bars))


def test_a_picture_says_where_it_was_measured() -> None:
    assert memory(SIZES).notes == (
        "The most of 3 runs in turn.",
        "2026-06-30, Abacus 4, 2 processors, load average 0.0.",
    )


def test_the_length_of_a_bar_is_its_number() -> None:
    chart = BarChart(
        "Speed", (("a", (Bar("x", 1, "1"), Bar("leadingest", 4, "4"))), ("b", (Bar("x", 2, "2"),))), ()
    )
    drawn = ElementTree.fromstring(chart.drawn())
    bars = [each for each in drawn.iter("{http://www.w3.org/2000/svg}rect") if "bar" in each.attrib["class"]]
    x, ours, other = (float(bar.attrib["width"]) for bar in bars)
    assert (4 * x, 2 * other) == (ours, ours)
    assert [each.attrib["class"] for each in bars] == ["bar", "bar ours", "bar"]
