"""Tests of leadingest.settings."""

from fractions import Fraction
from pathlib import Path

import pytest

from leadingest.errors import ConfigurationError
from leadingest.settings import Settings, load_settings
from leadingest.stores.location import ObjectUrl


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LEADINGEST_{name.upper()}", raising=False)


def say(folder: Path, *, project: str | None = None, env_file: str | None = None) -> Path:
    """A project folder with these words in pyproject.toml and .env."""
    if project is not None:
        (folder / "pyproject.toml").write_text(f"[tool.leadingest]\n{project}\n", encoding="utf-8")
    if env_file is not None:
        (folder / ".env").write_text(env_file, encoding="utf-8")
    return folder


def test_without_any_word_the_built_in_settings_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert settings.inbox == tmp_path / "inbox"
    assert settings.mappings == tmp_path / "mappings"
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path / 'leads.db'}"
    assert (settings.log_format, settings.log_level) == ("off", "info")


def test_pyproject_wins_over_what_is_built_in(tmp_path: Path) -> None:
    assert load_settings(say(tmp_path, project='inbox = "a"')).inbox == tmp_path / "a"


def test_the_env_file_wins_over_pyproject(tmp_path: Path) -> None:
    folder = say(tmp_path, project='inbox = "a"', env_file="LEADINGEST_INBOX=b\n")
    assert load_settings(folder).inbox == tmp_path / "b"


def test_a_variable_wins_over_the_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = say(tmp_path, project='inbox = "a"', env_file="LEADINGEST_INBOX=b\n")
    monkeypatch.setenv("LEADINGEST_INBOX", "c")
    assert load_settings(folder).inbox == tmp_path / "c"


def test_an_option_wins_over_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_INBOX", "c")
    assert load_settings(tmp_path, inbox=Path("d")).inbox == tmp_path / "d"


def test_an_option_that_was_not_given_says_nothing(tmp_path: Path) -> None:
    assert load_settings(say(tmp_path, project='inbox = "a"'), inbox=None).inbox == tmp_path / "a"


@pytest.mark.parametrize("name", ["inbox", "mappings", "ddl", "archive", "dead_letters"])
def test_what_is_a_folder_may_be_a_prefix_in_a_bucket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"LEADINGEST_{name.upper()}", "s3://leads/a b%2F/")
    assert getattr(load_settings(tmp_path), name) == ObjectUrl("s3", "leads", "a b%2F")


def test_an_address_without_a_bucket_is_told_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_INBOX", "s3://key:hidden@leads")
    with pytest.raises(ConfigurationError, match="names no bucket") as caught:
        load_settings(tmp_path)
    assert "hidden" not in str(caught.value)


@pytest.mark.parametrize(
    ("inbox", "archive", "dead_letters"),
    [
        ("s3://leads/in", "s3://leads/in", "off"),
        ("s3://leads/in", "s3://leads/in/archive", "off"),
        ("s3://leads", "off", "s3://leads/dead"),
        ("s3://leads/in/new", "off", "s3://leads/in"),
        ("inbox", "s3://leads/kept", "s3://leads/kept"),
        ("inbox", "kept", "kept"),
    ],
)
def test_places_that_would_mix_are_refused_at_the_start(
    tmp_path: Path, inbox: str, archive: str, dead_letters: str
) -> None:
    with pytest.raises(ConfigurationError, match="are the same place, or one is inside the other"):
        load_settings(tmp_path, inbox=inbox, archive=archive, dead_letters=dead_letters)


@pytest.mark.parametrize(
    ("setting", "place"),
    [
        ("mappings", "s3://leads/in/mappings"),
        ("mappings", "s3://leads"),
        ("ddl", "s3://leads/in"),
        ("database_url", "s3://leads/in/lake"),
        ("database_url", "s3://leads"),
    ],
)
def test_whoever_drops_files_writes_nothing_else(tmp_path: Path, setting: str, place: str) -> None:
    with pytest.raises(ConfigurationError, match=f"LEADINGEST_INBOX and LEADINGEST_{setting.upper()} are"):
        load_settings(tmp_path, inbox="s3://leads/in", **{setting: place})
    load_settings(tmp_path, inbox="s3://leads/in", **{setting: "s3://leads/other"})


@pytest.mark.parametrize("setting", ["archive", "dead_letters"])
def test_nothing_is_kept_where_leads_are(tmp_path: Path, setting: str) -> None:
    with pytest.raises(ConfigurationError, match=f"LEADINGEST_{setting.upper()} and LEADINGEST_DATABASE_URL"):
        load_settings(tmp_path, database_url="s3://leads/lake", **{setting: "s3://leads/lake"})


@pytest.mark.parametrize(
    ("lake", "place"),
    [
        ("lake:///leads", "leads"),
        ("lake:///leads", "leads/in"),
        ("lake:///in/lake", "in"),
        ("s3://leads/lake", "s3://leads"),
        ("s3://leads", "s3://leads/in"),
    ],
)
@pytest.mark.parametrize("name", ["inbox", "archive", "dead_letters"])
def test_a_lake_has_its_place_for_itself(tmp_path: Path, name: str, lake: str, place: str) -> None:
    settings = {"inbox": "elsewhere", name: place, "database_url": lake}
    with pytest.raises(
        ConfigurationError, match=f"^LEADINGEST_{name.upper()} and LEADINGEST_DATABASE_URL are the same place"
    ):
        load_settings(tmp_path, **settings)


def test_a_lake_beside_the_inbox_is_fine_and_its_folder_one_of_the_project(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, inbox="in", database_url="lake:///leads")
    assert settings.database_url.get_secret_value() == f"lake:///{tmp_path}/leads"
    load_settings(tmp_path, inbox="s3://leads/in", database_url="s3://leads/in2")


def test_places_side_by_side_are_fine(tmp_path: Path) -> None:
    places = {"inbox": "s3://leads/in", "archive": "s3://leads/in2", "dead_letters": "s3://other/in"}
    assert [str(getattr(load_settings(tmp_path, **places), name)) for name in places] == list(places.values())


def test_an_empty_variable_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_INBOX", "")
    assert load_settings(say(tmp_path, project='inbox = "a"')).inbox == tmp_path / "a"


def test_each_setting_comes_from_the_highest_place_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = say(tmp_path, project='inbox = "a"\nlog_level = "error"', env_file="LEADINGEST_MAPPINGS=b\n")
    monkeypatch.setenv("LEADINGEST_LOG_FORMAT", "json")
    settings = load_settings(folder, database_url="sqlite:////d.db")
    assert (settings.inbox, settings.mappings) == (tmp_path / "a", tmp_path / "b")
    assert (settings.log_format, settings.log_level) == ("json", "error")
    assert settings.database_url.get_secret_value() == "sqlite:////d.db"


def test_the_project_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    say(tmp_path, project='inbox = "arrived"', env_file="LEADINGEST_MAPPINGS=maps\n")
    settings = load_settings(inside)
    assert (settings.inbox, settings.mappings) == (tmp_path / "arrived", tmp_path / "maps")
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path / 'leads.db'}"


def test_a_pyproject_of_something_else_is_passed_over(tmp_path: Path) -> None:
    inside = tmp_path / "tool"
    inside.mkdir()
    (inside / "pyproject.toml").write_text("[project]\nname = 'other'\n", encoding="utf-8")
    assert load_settings(say(tmp_path, project='inbox = "a"') / "tool").inbox == tmp_path / "a"


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("inbox", Path("x"), "{here}/x"),
        ("mappings", Path("../m"), "{here}/../m"),
        ("database_url", "sqlite:///x.db", "sqlite:///{here}/x.db"),
    ],
)
def test_a_relative_path_in_an_option_starts_where_the_user_stands(
    tmp_path: Path, option: str, value: object, expected: str
) -> None:
    here = tmp_path / "inside"
    here.mkdir()
    say(tmp_path, project="")
    found = getattr(load_settings(here, **{option: value}), option)
    text = found.get_secret_value() if option == "database_url" else str(found)
    assert text == expected.format(here=here)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////abs/leads.db",
        "sqlite:///:memory:",
        "sqlite://",
        "mysql+mysqldb://u:p@db/leads",
        "nonsense",
    ],
)
def test_other_database_urls_stay_as_they_are(tmp_path: Path, url: str) -> None:
    assert load_settings(tmp_path, database_url=url).database_url.get_secret_value() == url


def test_a_folder_may_be_named_from_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    monkeypatch.setenv("LEADINGEST_INBOX", "~/arrived")
    assert load_settings(tmp_path).inbox == Path("/home/somebody/arrived")


def test_the_load_tables_that_come_with_the_program_serve_a_project_without_any(tmp_path: Path) -> None:
    ddl = load_settings(tmp_path).ddl
    assert isinstance(ddl, Path) and (ddl / "lead_sources.yaml").is_file()


def test_a_ddl_folder_of_the_project_is_used(tmp_path: Path) -> None:
    (tmp_path / "ddl").mkdir()
    assert load_settings(tmp_path).ddl == tmp_path / "ddl"


def test_a_ddl_folder_that_is_named_is_used_though_it_is_not_there(tmp_path: Path) -> None:
    assert load_settings(say(tmp_path, project='ddl = "tables"')).ddl == tmp_path / "tables"


def test_a_password_is_in_no_printed_form_of_the_settings(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, database_url="mysql+mysqldb://u:hunter2@db/leads")
    assert "hunter2" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_an_unknown_setting_in_pyproject_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"unknown setting 'mapings'; did you mean 'mappings'\?"):
        load_settings(say(tmp_path, project='mapings = "a"'))


def test_an_unknown_variable_names_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_DATABSE_URL", "mysql://db/leads")
    with pytest.raises(
        ConfigurationError, match=r"'LEADINGEST_DATABSE_URL'; did you mean 'LEADINGEST_DATABASE_URL'\?"
    ):
        load_settings(tmp_path)


def test_an_unknown_variable_in_the_env_file_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"\.env: unknown setting 'LEADINGEST_INBOXX'"):
        load_settings(say(tmp_path, env_file="LEADINGEST_INBOXX=a\n"))


def test_variables_for_the_test_suite_are_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_TEST_MYSQL_URL", "mysql://db/test")
    load_settings(say(tmp_path, env_file="LEADINGEST_TEST_MORE=1\nOTHER=2\n"))


def test_a_wrong_value_names_the_variable_it_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADINGEST_LOG_FORMAT", "xml")
    with pytest.raises(
        ConfigurationError, match=r"^LEADINGEST_LOG_FORMAT: input should be 'off', 'text' or 'json'$"
    ):
        load_settings(tmp_path)


def test_the_fallback_encoding_is_one_that_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADINGEST_FALLBACK_ENCODING", "Windows-1252")
    assert load_settings(tmp_path).fallback_encoding == "cp1252"
    monkeypatch.setenv("LEADINGEST_FALLBACK_ENCODING", "klingon")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert caught.value.message == (
        "LEADINGEST_FALLBACK_ENCODING: must be the name of an encoding, such as utf-8 or cp1252, not 'klingon'"
    )


def test_a_wrong_value_names_the_option_it_stands_in(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"^--log-level: input should be"):
        load_settings(tmp_path, log_level="loud")


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ({"project": 'log_level = "loud"'}, "pyproject.toml: log_level"),
        ({"env_file": "LEADINGEST_LOG_LEVEL=loud\n"}, ".env: LEADINGEST_LOG_LEVEL"),
    ],
)
def test_a_wrong_value_names_the_file_it_stands_in(tmp_path: Path, words: dict[str, str], place: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_settings(say(tmp_path, **words))
    assert raised.value.message.startswith(f"{tmp_path}/{place}: input should be")


@pytest.mark.parametrize(
    ("text", "message"),
    [(b"[tool", "not TOML"), (b"[tool]\nleadingest = 3\n", "must be a table"), (b"a = '\xff'", "not TOML")],
)
def test_a_pyproject_that_cannot_be_read_is_named(tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text)
    with pytest.raises(ConfigurationError, match=message):
        load_settings(tmp_path)


def test_an_env_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LEADINGEST_INBOX=caf\xe9\n")
    with pytest.raises(ConfigurationError, match=r"\.env: byte 20 is not UTF-8"):
        load_settings(tmp_path)


def test_guards_of_the_project_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.leadingest]\nmost_rejects = "2%"\nfewest_records = 500\nlargest_fall = "off"\n'
    )
    guards = load_settings(tmp_path).guards
    assert (guards.most_rejects, guards.fewest_records, guards.largest_fall) == (Fraction(1, 50), 500, None)
    assert guards.sent_before == "hold"
    monkeypatch.setenv("LEADINGEST_LARGEST_FALL", "many")
    with pytest.raises(ConfigurationError) as caught:
        load_settings(tmp_path)
    assert (
        caught.value.message
        == "LEADINGEST_LARGEST_FALL: must be a percentage such as 10%, or off, not 'many'"
    )


def test_failed_deliveries_are_kept_unless_it_is_switched_off_and_loaded_ones_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = load_settings(tmp_path)
    assert (settings.dead_letters, settings.archive) == (tmp_path / "dead_letters", None)
    monkeypatch.setenv("LEADINGEST_DEAD_LETTERS", "off")
    monkeypatch.setenv("LEADINGEST_ARCHIVE", "kept/archive")
    settings = load_settings(tmp_path)
    assert (settings.dead_letters, settings.archive) == (None, tmp_path / "kept" / "archive")


def test_a_folder_of_kept_deliveries_may_be_named_in_pyproject(tmp_path: Path) -> None:
    written = 'dead_letters = "/var/dead"\narchive = "off"'
    settings = load_settings(say(tmp_path, project=written))
    assert (settings.dead_letters, settings.archive) == (Path("/var/dead"), None)


def test_a_password_in_the_env_file_stays_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    url = "mysql+mysqldb://u:a${HOME}b$c@db/leads"
    settings = load_settings(say(tmp_path, env_file=f"LEADINGEST_DATABASE_URL={url}\n"))
    assert settings.database_url.get_secret_value() == url


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("inbox", "s3://leads/mirror/in"),
        ("archive", "s3://leads/mirror"),
        ("dead_letters", "s3://leads"),
    ],
)
def test_a_mirror_has_its_place_for_itself(tmp_path: Path, name: str, place: str) -> None:
    refused = f"^LEADINGEST_{name.upper()} and LEADINGEST_MIRROR are the same place"
    with pytest.raises(ConfigurationError, match=refused):
        load_settings(tmp_path, **{name: place, "mirror": "s3://leads/mirror"})


def test_the_folder_of_a_mirror_is_one_of_the_project(tmp_path: Path) -> None:
    assert load_settings(tmp_path, mirror="lake:///mirror").mirror == f"lake:///{tmp_path}/mirror"
    assert load_settings(tmp_path).mirror == ""
    # To look at it with the commands.
    load_settings(tmp_path, mirror="lake:///mirror", database_url="lake:///mirror")
