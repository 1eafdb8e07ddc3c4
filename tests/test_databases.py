"""The test databases themselves."""

from sqlalchemy import create_engine, text


def test_each_kind_of_database_answers_and_is_empty(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
        assert engine.dialect.get_table_names(connection) == []
    engine.dispose()
