"""What a sentence may be: plain, or one with a number in it."""

from dataclasses import dataclass

from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class plural:  # noqa: N801
    """A sentence with a number in it; read by the extraction of sentences like a function."""

    one: str
    many: str
    number: str


Sentence = LazyString | plural
