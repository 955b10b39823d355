"""A college that works by the target model, whose people do everything in a browser."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.browser.playing import BrowserPlay
from tests.conftest import settling
from tests.workflows.mentoring.conftest import build_college


@pytest.fixture(scope="session")
def furnished_college(templates: Any) -> tuple[str, SimpleNamespace]:
    """The template database in which the college stands."""
    made: tuple[str, SimpleNamespace] = templates.furnish(build_college)
    return made


@pytest.fixture
def college(furnished_college: tuple[str, SimpleNamespace]) -> SimpleNamespace:
    return furnished_college[1]


@pytest.fixture
def school(templates: Any, furnished_college: tuple[str, SimpleNamespace], clock: Any) -> Iterator[Any]:
    """The college in a database of its own, which the server of the test answers from."""
    with templates.lent(furnished_college[0]) as made:
        yield SimpleNamespace(sessions=made.sessions, clock=clock)


@pytest.fixture
def in_browser(school: Any, college: Any, visit: Any, clock: Any) -> Iterator[Callable[..., BrowserPlay]]:
    """Make a play in windows of this width and language: `in_browser(width=390, language="en")`."""
    made: list[BrowserPlay] = []
    with school.sessions() as session:

        def begin(**how: Any) -> BrowserPlay:
            settle = settling(school.sessions, session, clock)
            made.append(BrowserPlay(college, school.sessions, session, clock, settle, visit=visit, **how))
            return made[-1]

        yield begin
    assert [wrong for play in made for wrong in play.wrong] == []
