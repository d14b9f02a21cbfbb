"""Tests of leadingest.cli.commands.status."""

from prometheus_client.parser import text_string_to_metric_families

from tests.cli.made_up_project import MadeUpProject


def test_before_the_first_load_there_is_a_status_and_still_no_database(project: MadeUpProject) -> None:
    result = project.call("status")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("utah: nothing is loaded yet: leadingest run --source utah\n")
    assert not (project.folder / "leads.db").exists()


def test_it_ends_with_1_where_a_source_is_in_a_condition_to_fail_on(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    assert project.call("status", "--fail-on", "late,held,failed").exit_code == 0
    project.write("inbox/nevada.csv", "Name,Phone,City,Places,Status\n")
    project.call("run", "--source", "nevada")
    assert project.call("status", "--fail-on", "late").exit_code == 0
    result = project.call("status", "--fail-on", "late,held,failed")
    assert (result.exit_code, result.stderr) == (1, "")
    assert "leadingest approve 3" in result.stdout


def test_a_textfile_is_written_whole_and_replaced(project: MadeUpProject) -> None:
    project.call("run", "--all", "--jobs", "1")
    file = project.write("metrics/leadingest.prom", "of last night")
    result = project.call("status", "--format", "prometheus", "--output", "metrics/leadingest.prom")
    assert (result.exit_code, result.output) == (0, "")
    families = {each.name: each for each in text_string_to_metric_families(file.read_text())}
    assert [each.value for each in families["leadingest_published_leads"].samples] == [3, 1]
    assert [each.name for each in file.parent.iterdir()] == ["leadingest.prom"]


def test_a_condition_that_there_is_not_is_said_before_anything_is_looked_at(project: MadeUpProject) -> None:
    result = project.call("status", "--fail-on", "old")
    assert result.exit_code == 2
    assert result.stderr.startswith("error: 'old' is not a condition to fail on")
