"""The Flask extensions, made once and bound to an app by `create_app`."""

from collections.abc import Mapping
from typing import TypeVarTuple

from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, CursorResult, MetaData, event
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction
from sqlalchemy.sql.selectable import TypedReturnsRows

Columns = TypeVarTuple("Columns")
CONNECTION = "connection"  # where a session keeps the one of its transaction

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table's base: constraints get names that migrations and error messages can rely on."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)
compress = Compress()


def ask(statement: TypedReturnsRows[*Columns], values: Mapping[str, object]) -> CursorResult[*Columns]:
    """The rows of a statement that was put together once, for these values, inside the session's transaction.

    The pages that panellists open most ask this way: putting a statement together anew, and the session's
    own book-keeping, take several times as long as the answer. What the session has not yet written, such as
    an object that was only added, is not seen.
    """
    session = db.session()
    connection = session.info.get(CONNECTION) or session.connection()
    return connection.execute(statement, values)


# Asking a session for its connection takes a good part of the time that a short statement takes.
@event.listens_for(db.session, "after_begin")
def _keep_connection(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    session.info[CONNECTION] = connection


@event.listens_for(db.session, "after_transaction_end")
def _forget_connection(session: Session, _transaction: SessionTransaction) -> None:
    session.info.pop(CONNECTION, None)
