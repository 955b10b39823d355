"""Why there is no database, in one line that says what to do."""


class DatabaseUnavailable(Exception):
    """The database cannot be used as it is; the message is for the person who runs the house."""
