"""Read the lists of the bases."""

from tests.webapp.readers import parsed


def shown(answer):
    """The names of the list."""
    return [one.text for one in parsed(answer).iterfind(".//div[@class='task-title']/a")]
