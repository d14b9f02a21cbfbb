"""Folders compared with the lists that register what is in them, so that nothing is written and then forgotten."""

import inspect
import pkgutil
import re
from collections.abc import Collection, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import get_args

import click
import pytest

import leadingest
from leadingest.cli.commands.duplicates import duplicates
from leadingest.cli.commands.export import export
from leadingest.cli.main import COMMANDS
from leadingest.comparing import duplicate_rules
from leadingest.comparing.duplicate_rules import RULES as DUPLICATE_RULES
from leadingest.comparing.duplicate_rules import DuplicateRule
from leadingest.deliveries.readers import READERS, reader_of
from leadingest.destinations.sql.dialects import DIALECTS
from leadingest.destinations.sql.dialects.dialect import Dialect
from leadingest.drafting.recognizers import RECOGNIZERS
from leadingest.drift.kind import FAMILIES as DRIFT_FAMILIES
from leadingest.drift.kind import Kind as DriftKind
from leadingest.drift.kinds import KINDS
from leadingest.errors import Kind
from leadingest.exporting.formats import FORMATS as EXPORT_FORMATS
from leadingest.lint.rule import FAMILIES
from leadingest.lint.rules import RULES
from leadingest.lint.rules.refused import REFUSED
from leadingest.mapping.sections import OnDrift
from leadingest.operations import CHECKS, OPERATIONS
from leadingest.operations.base import Operation
from leadingest.operations.checks.base import Check
from leadingest.operations.sources import SOURCES
from leadingest.operations.sources.base import Source
from leadingest.reports.render import FORMATS
from leadingest.tables.types import TYPES
from leadingest.tables.types.base import ColumnType
from tests.destinations.made_up import DATABASES, DESTINATIONS

PACKAGE = Path(leadingest.__file__).parent
TESTS = Path(__file__).parent

#: Test files whose subject is no module of the same name: a registry, or a file that is shipped.
SUBJECTS = {
    "addresses/test_real_addresses.py": "leadingest/addresses/one_line_address.py",
    "benchmarks/test_command.py": "tests/benchmarks/__main__.py",
    "cli/test_older_database.py": "leadingest/destinations/sql/ddl.py",
    "cli/support/test_log_lines.py": "leadingest/reports/log_lines.py",
    "cloud/test_killed.py": "leadingest/cloud/worker.py",
    "cloud/test_many_messages.py": "leadingest/cloud/worker.py",
    "cloud/test_mirror.py": "leadingest/cloud/handler.py",
    "cloud/test_worker_on_the_wire.py": "leadingest/cloud/worker.py",
    "deliveries/test_corpus.py": "tests/deliveries/corpus/README.md",
    "deliveries/test_real_deliveries.py": "leadingest/deliveries/open_records.py",
    "deploy/test_costs.py": "docs/aws.md",
    "deploy/test_dockerfile.py": "deploy/aws/Dockerfile",
    "deploy/test_smoke.py": "deploy/aws/smoke",
    "deploy/test_template.py": "deploy/aws/template.yaml",
    "destinations/sql/bulk_writers/test_every_bulk_writer.py": "leadingest/destinations/sql/bulk_writers/bulk_writer.py",
    "destinations/lake/test_broken_off.py": "leadingest/destinations/lake/claim.py",
    "destinations/lake/test_bucket.py": "leadingest/stores/objects.py",
    "destinations/lake/test_faults.py": "leadingest/destinations/lake/ledgers.py",
    "destinations/lake/test_imports.py": "leadingest/destinations/open_destination.py",
    "destinations/lake/test_model.py": "leadingest/destinations/lake/destination.py",
    "destinations/test_every_destination.py": "leadingest/destinations/destination.py",
    "destinations/test_replay.py": "leadingest/destinations/ledger.py",
    "docs/test_benchmark_pictures.py": "tests/docs/benchmark_pictures.py",
    "docs/test_commands.py": "tests/docs/walkthrough.py",
    "docs/test_pages.py": "tests/docs/generated.py",
    "docs/test_python_page.py": "docs/python.md",
    "drift/test_false_alarms.py": "leadingest/drift/compare.py",
    "drift/kinds/test_every_kind.py": "leadingest/drift/kinds/__init__.py",
    "drafting/test_recognizers.py": "leadingest/drafting/recognizers/__init__.py",
    "exporting/test_broken_off.py": "leadingest/exporting/export_leads.py",
    "ingest/test_bad_input.py": "leadingest/ingest/run.py",
    "ingest/test_changed_leads.py": "leadingest/ingest/load_drift.py",
    "mirroring/test_every_sequence.py": "leadingest/mirroring/mirror_loads.py",
    "operations/test_words.py": "leadingest/operations/__init__.py",
    "reports/render/test_every_format.py": "leadingest/reports/render/__init__.py",
    "stores/test_every_store.py": "leadingest/stores/store.py",
    "tables/test_lead_sources.py": "ddl/lead_sources.yaml",
    "tables/test_leads_international.py": "ddl/leads_international.yaml",
    "engine/test_regions.py": "leadingest/tables/types/regional.py",
    "tables/types/test_every_type.py": "leadingest/tables/types/__init__.py",
}


def module_names() -> list[str]:
    """Every module of the package; `__main__` is left out, because importing it runs the program."""
    found = pkgutil.walk_packages(leadingest.__path__, "leadingest.")
    return ["leadingest", *(module.name for module in found if not module.name.endswith("__main__"))]


def modules_in(folder: str) -> Iterator[ModuleType]:
    """The modules of one folder: not those of the folders below, and not those that hold what is shared."""
    for path in sorted((PACKAGE / folder).glob("*.py")):
        if path.stem not in {"__init__", "base"}:
            yield import_module(".".join(["leadingest", *Path(folder).parts, path.stem]))


def classes_in(folder: str, base: type) -> set[type]:
    """The classes made from `base` that the modules of a folder define, without those that others are made from."""
    return {
        each
        for module in modules_in(folder)
        for each in vars(module).values()
        if inspect.isclass(each)
        and issubclass(each, base)
        and each.__module__ == module.__name__
        and not inspect.isabstract(each)
    }


@pytest.mark.parametrize(
    ("folder", "base", "listed"),
    [
        ("operations", Operation, OPERATIONS.values()),
        ("operations/checks", Check, CHECKS.values()),
        ("operations/sources", Source, SOURCES.values()),
        ("tables/types", ColumnType, TYPES),
    ],
)
def test_every_class_of_the_folder_is_listed_once(folder: str, base: type, listed: Collection[type]) -> None:
    there = classes_in(folder, base)
    assert there
    assert there == set(listed)
    assert len(listed) == len(set(listed))


def test_every_command_is_listed_once_and_has_a_file_of_its_name() -> None:
    there = {
        (module.__name__.rpartition(".")[2], value.name)
        for module in modules_in("cli/commands")
        for value in vars(module).values()
        if isinstance(value, click.Command)
        and value.callback
        and value.callback.__module__ == module.__name__
    }
    names = [str(command.name) for command in COMMANDS]
    assert there == {(name.replace("-", "_"), name) for name in names}
    assert len(names) == len(set(names))


def test_every_rule_has_a_file_of_its_name_or_a_row_and_is_listed_once() -> None:
    there = {module.__name__.rpartition(".")[2] for module in modules_in("lint/rules")} - {"refused"}
    assert {rule.name for rule in RULES if rule not in REFUSED} == there
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert {code[:3] for code in codes} == set(FAMILIES)


def test_every_kind_of_problem_is_explained_by_a_rule() -> None:
    assert [rule.name for rule in REFUSED if rule.name not in get_args(Kind)] == []
    assert {rule.name for rule in REFUSED} == set(get_args(Kind))


def test_every_kind_of_drift_is_listed_once_and_has_a_word_of_on_drift() -> None:
    there = {
        value.name
        for module in modules_in("drift/kinds")
        for value in vars(module).values()
        if isinstance(value, DriftKind)
    }
    assert {kind.name for kind in KINDS} == there
    codes = [kind.code for kind in KINDS]
    assert codes == sorted(set(codes))
    assert {code[:3] for code in codes} == set(DRIFT_FAMILIES)
    assert {kind.word for kind in KINDS} == set(OnDrift.model_fields)


@pytest.mark.parametrize(
    ("command", "option", "listed"),
    [
        (export, "file_format", list(EXPORT_FORMATS)),
        (duplicates, "names", list(dict.fromkeys(rule.name for rule in DUPLICATE_RULES))),
    ],
    ids=str,
)
def test_what_is_listed_can_be_asked_for(command: click.Command, option: str, listed: list[str]) -> None:
    (choice,) = [each.type for each in command.params if each.name == option]
    assert isinstance(choice, click.Choice)
    assert list(choice.choices) == listed


def test_every_format_of_reports_has_a_file_of_its_name_and_is_listed() -> None:
    there = {
        module.__name__.rpartition(".")[2]
        for module in modules_in("reports/render")
        if "render" in vars(module)
    }
    assert set(FORMATS) == there


def test_every_rule_for_duplicates_is_listed_once() -> None:
    there = {value for value in vars(duplicate_rules).values() if isinstance(value, DuplicateRule)}
    assert there == set(DUPLICATE_RULES)


def test_every_recognizer_of_a_draft_is_listed_once() -> None:
    there = {
        value
        for module in modules_in("drafting/recognizers")
        for name, value in vars(module).items()
        if name.startswith("recognize_") and value.__module__ == module.__name__
    }
    assert there
    assert there == set(RECOGNIZERS)
    assert len(there) == len(RECOGNIZERS)


def test_every_reader_is_listed() -> None:
    there = {
        value
        for module in modules_in("deliveries/readers")
        for name, value in vars(module).items()
        if inspect.isfunction(value) and name == f"read_{module.__name__.rpartition('.')[2]}"
    }
    assert there
    assert there == {reader_of(format_name) for format_name in READERS}


def test_every_dialect_is_listed_under_the_name_of_its_file_and_mypy_looks_at_it() -> None:
    there = classes_in("destinations/sql/dialects", Dialect) - {Dialect}
    assert there
    listed = {(place.file, place.name) for place in DIALECTS.values()}
    assert {(each.__module__.rpartition(".")[2], each.__name__) for each in there} == listed
    assert {vars(each)["name"] for each in there} == {file for file, _ in listed}
    # Of a class that is final mypy tells which promises of its base it does not keep.
    assert [each for each in there if not getattr(each, "__final__", False)] == []


def test_what_every_destination_promises_is_tried_on_every_dialect() -> None:
    assert {place.file for place in DIALECTS.values()} == {name.removeprefix("odd_") for name in DATABASES}
    assert set(DATABASES) <= set(DESTINATIONS)


def test_only_a_dialect_asks_which_database_it_is() -> None:
    names = "|".join(DIALECTS)
    asks = re.compile(rf"""dialect\.name\b|["'](?:{names})["']|startswith\(["'](?:{names})""")
    dialects = PACKAGE / "destinations/sql/dialects"
    asking = [
        path.relative_to(PACKAGE)
        for path in PACKAGE.rglob("*.py")
        if dialects not in path.parents and asks.search(path.read_text())
    ]
    assert asking == []


@pytest.mark.parametrize("name", module_names())
def test_every_module_and_every_public_method_says_what_it_is_for(name: str) -> None:
    module = import_module(name)
    assert inspect.getdoc(module)
    undocumented = [
        f"{owner.__name__}.{attribute}"
        for owner in vars(module).values()
        if inspect.isclass(owner) and owner.__module__ == name and not owner.__name__.startswith("_")
        for attribute in vars(owner)
        if not attribute.startswith("_") and callable(getattr(owner, attribute, None))
        # A method that keeps a promise of its base is documented there, and getdoc finds it.
        if not inspect.getdoc(getattr(owner, attribute))
    ]
    assert not undocumented


@pytest.mark.parametrize("folder", sorted(path for path in PACKAGE.rglob("*") if path.is_dir()), ids=str)
def test_every_folder_of_the_package_is_a_package(folder: Path) -> None:
    if any(folder.glob("*.py")):
        assert (folder / "__init__.py").is_file()


@pytest.mark.parametrize(
    "test",
    sorted(path.relative_to(TESTS) for path in TESTS.rglob("*/test_*.py")),
    ids=lambda path: path.as_posix(),
)
def test_every_test_stands_where_its_subject_does(test: Path) -> None:
    package = "tests" if test.parts[0] == "benchmarks" else "leadingest"
    named = f"{package}/{test.with_name(test.name.removeprefix('test_'))}"
    subject = SUBJECTS.get(test.as_posix(), named)
    assert (TESTS.parent / subject).is_file()


def test_every_exception_to_that_is_still_there() -> None:
    assert [test for test in SUBJECTS if not (TESTS / test).is_file()] == []
