"""Engines of one server share what they compile, and get the SQL that they would have got alone."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from tests.compiled_statements import CompiledStatements

PAIRS = sa.Table("pairs", sa.MetaData(), sa.Column("one", sa.String(10)), sa.Column("two words", sa.Integer))


def question() -> sa.Select[tuple[object, ...]]:
    return sa.select(PAIRS).where(PAIRS.c.one == "a").order_by(PAIRS.c["two words"])


def compiled(url: str) -> tuple[CompiledStatements, str]:
    """Where what an engine compiles is kept, and what it sends for the question."""
    engine = sa.create_engine(url)
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    with engine.connect() as connection:
        connection.execute(sa.text("CREATE TABLE pairs (one VARCHAR(10), `two words` INTEGER)"))
        connection.execute(question()).all()
    engine.dispose()
    kept = engine.get_execution_options()["compiled_cache"]
    assert isinstance(kept, CompiledStatements)
    return kept, sent[-1]


def test_a_statement_is_compiled_once_for_all_databases_of_a_server(tmp_path: Path) -> None:
    kept, sent = compiled(f"sqlite:///{tmp_path}/one.db")
    number = len(kept)
    assert compiled(f"sqlite:///{tmp_path}/two.db") == (kept, sent)
    assert len(kept) == number


def test_servers_and_connections_with_other_settings_share_nothing(sqlite_url: str, mysql_url: str) -> None:
    ansi = sa.make_url(mysql_url).update_query_dict({"init_command": "SET sql_mode = 'ANSI'"})
    (of_sqlite, sqlite), (of_mysql, mysql) = compiled(sqlite_url), compiled(mysql_url)
    assert sqlite != mysql
    other = sa.create_engine(ansi).get_execution_options()["compiled_cache"]
    assert len({id(each) for each in (of_sqlite, of_mysql, other)}) == 3
