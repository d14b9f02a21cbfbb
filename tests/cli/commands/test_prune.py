"""Tests of leadingest.cli.commands.prune."""

from tests.cli.made_up_project import MadeUpProject


def test_old_loads_go_and_it_is_said_how_many(project: MadeUpProject) -> None:
    for _ in range(3):
        project.call("run", "--source", "nevada", "--again")
    result = project.call("prune", "--keep", "1")
    assert (result.exit_code, result.stdout) == (0, "removed 2 loads of 1 source: 6 rows of lead_sources\n")
    assert project.call("loads").stdout.count("pruned") == 2


def test_where_there_is_nothing_to_remove_that_is_said(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    result = project.call("prune", "--keep", "2")
    assert (result.exit_code, result.stdout) == (
        0,  # as where a delivery was loaded before: a job that prunes every week is no failure
        "nothing to remove: no source has more than 2 loads besides the published one\n",
    )


def test_at_least_one_load_is_kept(project: MadeUpProject) -> None:
    assert project.call("prune", "--keep", "0").exit_code == 2
    assert project.call("prune").exit_code == 2
