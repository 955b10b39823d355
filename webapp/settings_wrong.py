"""What is said when the environment holds something that cannot be used."""


class SettingsWrong(ValueError):
    """The environment holds a value that cannot be used; the message names it."""
