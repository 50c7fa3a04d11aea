"""What somebody with rights on the database could do, and what the ledger says of it."""

from workflow.issuing.keys import SigningKey
from workflow.store.db import db
from workflow.usecases import ledger
from workflow.usecases.ledger import Break


def breaks(key: SigningKey) -> list[Break]:
    db.session.remove()
    return list(ledger.breaks(key))


def tamper(*statements: str, **values: object) -> None:
    """As somebody who owns the database and puts the triggers to sleep."""
    db.session.remove()
    with db.engine.begin() as connection:
        connection.execute(db.text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            assert connection.execute(db.text(statement), values).rowcount > 0
