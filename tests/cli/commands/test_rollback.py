"""Tests of leadingest.cli.commands.rollback."""

from tests.cli.made_up_project import NEVADA_CSV, MadeUpProject


def loaded_twice(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    project.write("inbox/nevada.csv", NEVADA_CSV + "Tiny Tots,702-200-3003,Reno,5,Open\n")
    project.call("run", "--source", "nevada")


def test_going_back_says_what_is_published_now(project: MadeUpProject) -> None:
    loaded_twice(project)
    result = project.call("rollback", "--source", "nevada")
    assert result.exit_code == 0
    assert result.stdout.startswith("load 1 is published: 3 leads of nevada, extracted ")
    assert (
        "load 2 is published: 4 leads" in project.call("rollback", "--source", "nevada", "--to", "2").stdout
    )


def test_a_delivery_that_was_gone_back_from_is_not_loaded_again_and_says_how_to_publish_it(
    project: MadeUpProject,
) -> None:
    loaded_twice(project)
    project.call("rollback", "--source", "nevada")
    result = project.call("run", "--source", "nevada")
    assert result.exit_code == 0
    assert "the same file was loaded under the same mapping as load 2" in " ".join(result.stdout.split())
    assert "leadingest rollback --source nevada --to 2" in " ".join(result.stdout.split())


def test_with_nothing_before_there_is_nothing_to_do(project: MadeUpProject) -> None:
    project.call("run", "--source", "nevada")
    result = project.call("rollback", "--source", "nevada")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "error: nevada has no load before the published one" in result.stderr


def test_a_source_that_never_was_names_the_nearest(project: MadeUpProject) -> None:
    project.call("run", "--all")
    result = project.call("rollback", "--source", "nevado")
    assert result.exit_code == 2
    assert "did you mean 'nevada'?" in result.stderr
