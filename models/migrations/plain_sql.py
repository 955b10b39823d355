"""Run SQL as it stands: several statements at once, percent signs and all."""

from collections.abc import Iterable

from sqlalchemy import Connection


def run(connection: Connection, texts: Iterable[str]) -> None:
    """Execute each text on the driver's own connection, in the transaction that is open there."""
    driver = connection.connection.driver_connection
    assert driver is not None
    for text in texts:
        driver.execute(text)
