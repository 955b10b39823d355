"""Take the pictures of README.md anew from the demonstration, on a day that does not change: `make pictures`.

It needs a Chromium. What is taken is made smaller: 256 colours are enough for a page.
"""

import logging
import secrets
import struct
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from models import schema
from models.database import open_database
from tests.browser.serving import NAMES, find_chromium, serving
from webapp import bundles, catalogues
from webapp.app import create_app
from webapp.settings import Settings
from workflows.demonstration.story import Story

HOUSE = Path(__file__).parents[1]
PICTURES = HOUSE / "docs" / "pictures"
PASSWORD = secrets.token_urlsafe(16)
NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def main() -> None:
    """Take every picture."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    bundles.bring_up_to_date()
    catalogues.bring_up_to_date()
    found = find_chromium()
    if found is None:
        raise SystemExit(f"There is no Chromium on this machine: none of {', '.join(NAMES)} was found.")
    with living_school() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, (width, height, go) in VIEWS.items():
            page = browser.new_context(viewport={"width": width, "height": height}).new_page()
            sign_in(page, address)
            go(page)
            (PICTURES / f"{name}.png").write_bytes(smaller(page.screenshot()))
            page.context.close()
        browser.close()


@contextmanager
def living_school() -> Iterator[str]:
    """Let the demonstration answer at an address, in a database that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database("", var=Path(folder))
        schema.upgrade(database)
        Story(database.sessions, NOW).tell(HOUSE / "bpmn" / "target-model", PASSWORD, print)
        app = create_app(Settings(secret_key=secrets.token_hex(32)), database.sessions, clock=lambda: NOW)
        with serving(app) as address:
            yield address
        database.close()


def sign_in(page: Page, address: str) -> None:
    """Sit down as the curator, before the inbox."""
    page.goto(address)
    page.fill("#sign_in_name", "curator")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_selector(".figures")
    page.goto(address)
    page.wait_for_selector(".task-title")


def open_task(page: Page) -> None:
    """Open the most urgent task."""
    page.locator(".task-title a").first.click()
    page.wait_for_selector(".form-end")


def open_case(page: Page) -> None:
    """Open the case of the most urgent task, with its diagram."""
    open_task(page)
    page.locator(".trail a").nth(1).click()
    page.wait_for_selector(".diagram[data-ready] .is-open-here")


def open_today(page: Page) -> None:
    """Open the day of the curator."""
    page.get_by_role("link", name="Сегодня", exact=True).first.click()
    page.wait_for_selector(".figures")


def open_pair(page: Page) -> None:
    """Open the pair that comes first."""
    page.get_by_role("link", name="Пары", exact=True).first.click()
    page.locator("main tbody th a, main .task-title a").first.click()
    page.wait_for_selector("h1")


VIEWS: dict[str, tuple[int, int, Callable[[Page], object]]] = {
    "today": (1280, 1000, open_today),
    "pair": (1280, 1000, open_pair),
    "inbox": (1280, 860, lambda _page: None),
    "task": (390, 820, open_task),
    "case": (1280, 1000, open_case),
}


def smaller(picture: bytes) -> bytes:
    """Write a picture of Chromium with at most 256 colours."""
    width, rows = pixels(picture)
    counted = Counter(pixel for row in rows for pixel in row)
    palette = [colour for colour, _ in counted.most_common(256)]
    nearest = {colour: place for place, colour in enumerate(palette)}
    for colour in counted:
        if colour not in nearest:
            nearest[colour] = min(range(len(palette)), key=lambda place: distance(palette[place], colour))
    lines = b"".join(b"\0" + bytes(nearest[pixel] for pixel in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, len(rows), 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return picture[:8] + b"".join(part(kind, content) for kind, content in parts)


def distance(one: bytes, other: bytes) -> int:
    """Say how different two colours are."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def part(kind: bytes, content: bytes) -> bytes:
    """Write a part of a PNG with its length and its checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pixels(picture: bytes) -> tuple[int, list[list[bytes]]]:
    """Read the rows of a PNG as Chromium writes it: eight bits a colour, no palette, not interlaced."""
    place, packed = 8, b""
    while place < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, place)
        content = picture[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, _depth, colour_type = struct.unpack_from(">IIBB", content)
        elif kind == b"IDAT":
            packed += content
        place += length + 12
    step = 4 if colour_type == 6 else 3
    raw, size = zlib.decompress(packed), width * step + 1
    rows, above = [], bytearray(width * step)
    for number in range(height):
        line = raw[number * size : (number + 1) * size]
        above = unfiltered(line[0], bytearray(line[1:]), above, step)
        rows.append([bytes(above[at : at + 3]) for at in range(0, len(above), step)])
    return width, rows


def unfiltered(kind: int, line: bytearray, above: bytearray, step: int) -> bytearray:
    """Undo the filter of one row."""
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        guesses = (0, left, above[at], (left + above[at]) // 2, paeth(left, above[at], corner))
        line[at] = (line[at] + guesses[kind]) & 0xFF
    return line


def paeth(left: int, above: int, corner: int) -> int:
    """Guess a value from its neighbours as PNG does."""
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


if __name__ == "__main__":
    main()
