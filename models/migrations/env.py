"""Run migrations on the connection that `models.schema` hands over, or on the house's own database."""

from alembic import context
from sqlalchemy import Connection

from models.database import open_database
from models.schema import comparison
from models.tables import Base


def migrate(connection: Connection) -> None:
    """Run what was asked for in the transaction of this connection."""
    context.configure(connection=connection, target_metadata=Base.metadata, **comparison())
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes.get("connection")) is not None:
    migrate(given)
else:
    database = open_database(application_name="tandem alembic")
    with database.engine.begin() as own:
        migrate(own)
    database.close()
