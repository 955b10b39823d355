"""How large pictures are once they are unpacked: a file of a few kilobytes may fill any memory."""

import struct
from collections.abc import Iterable

MOST_PIXELS = 16_000_000
"""Of all pictures of a document together: a page at 300 dots per inch has 9 millions."""
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_SCAN = 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def are_too_large(pictures: Iterable[bytes]) -> bool:
    """Say whether pictures have too many dots; one whose size cannot be read has too many."""
    return sum(map(_count, pictures)) > MOST_PIXELS


def _count(picture: bytes) -> int:
    try:
        if picture.startswith(_PNG) and picture[12:16] == b"IHDR":
            width, height = struct.unpack(">II", picture[16:24])
            return int(width) * int(height)
        if picture.startswith(_JPEG):
            return _count_jpeg(picture)
    except (struct.error, IndexError):
        pass
    return MOST_PIXELS + 1


def _count_jpeg(picture: bytes) -> int:
    place, largest = len(_JPEG), 0
    while picture[place] == 0xFF and picture[place + 1] != _SCAN:
        kind, length = picture[place + 1], struct.unpack(">H", picture[place + 2 : place + 4])[0]
        if kind in _FRAMES:
            height, width = struct.unpack(">HH", picture[place + 5 : place + 9])
            largest = max(largest, height * width)
        place += 2 + int(length)
    return largest or MOST_PIXELS + 1
