"""Read the page of a pair part by part."""

from tests.webapp.readers import parsed


def part(answer, name):
    """Read a part of the page by its heading."""
    found = parsed(answer).find(f".//section[@aria-labelledby='{name}']")
    return " ".join(" ".join(found.itertext()).split()) if found is not None else ""
