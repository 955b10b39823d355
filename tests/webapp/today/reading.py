"""Read the day as it is shown."""


def words(page, part):
    """Read what a part of the page says."""
    found = page.find(f".//*[@aria-labelledby='{part}']")
    return " ".join(" ".join(found.itertext()).split()) if found is not None else ""


def numbers(page):
    """Map the words of the figures on top to their numbers and addresses."""
    figures = page.find(".//ul[@class='figures']")
    found = {}
    for one in figures:
        number, said = (part.text for part in one[0])
        found[said] = (number, one[0].get("href"))
    return found
