"""Every page of an organisation with a thousand pairs, found by following its links as each person may."""

import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

import bpmn
from benchmarks.measuring import Finding, at_most, median_in_turn, plain
from models import schema
from models.database import Database, open_database
from models.meetings import Meeting
from models.pairs import Pair, PairMember, PairStatus
from models.people import Membership
from webapp.app import create_app
from webapp.settings import Settings
from workflows.demonstration.simulation import Scale, Simulation
from workflows.operations.users import add_user
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

PACK = Path(bpmn.__file__).parent / "target-model"
BEGIN = datetime(2025, 9, 1, 6, tzinfo=UTC)
MANY, FEW = Scale(mentees=1150, mentors=460, seed=7), Scale(mentees=100, mentors=40, seed=7)
DAYS = 120
"""By then the pairs are at work, which is when the product is used most."""
PASSWORD = "only for measuring, 1 time"
MOST_MILLISECONDS = 100
DEPTH = 3
_LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')


WHOLE = frozenset({"pairing.slips"})
"""Sheets to print for everybody at once: like tables to take away, they grow with what they hold."""


@dataclass(frozen=True)
class Visited:
    """How long each page and each table takes each reader, and how large the organisation is."""

    pairs: int
    pages: dict[tuple[str, str], float]
    tables: dict[tuple[str, str], float]


def measure() -> list[Finding]:
    """Return the table rows of the pages."""
    few, many = _visit(FEW), _visit(MANY)
    slowest = sorted(many.pages.items(), key=lambda item: -item[1])
    growth = max(many.pages[page] / max(few.pages[page], 10) for page in few.pages.keys() & many.pages.keys())
    largest = max(many.tables.items(), key=lambda item: item[1])
    return [
        *(
            plain(f"page: {endpoint} as {role}, {many.pairs} pairs", median)
            for (role, endpoint), median in slowest[:8]
        ),
        plain(f"table: {largest[0][1]} as {largest[0][0]}, {many.pairs} pairs", largest[1]),
        at_most(f"pages: the slowest of {len(slowest)}, ms", slowest[0][1], MOST_MILLISECONDS),
        at_most(f"pages: with {many.pairs} pairs ÷ with {few.pairs}, whichever grew most", growth, 5),
    ]


def _visit(scale: Scale, runs: int = 7) -> Visited:
    with _organisation(scale) as (database, clock, people):
        app = create_app(Settings(secret_key="only for measuring"), database.sessions, clock=clock)
        with database.sessions() as session:
            visited = Visited(session.scalar(select(func.count()).select_from(Pair)) or 0, {}, {})
        for role in people:
            client = _signed_in(app, role)
            for endpoint, (path, is_page) in _reachable(app, client).items():
                taken = median_in_turn({path: partial(client.get, path)}, runs=runs, warm_up=2)
                (visited.pages if is_page else visited.tables)[role, endpoint] = taken[path]
        return visited


@contextmanager
def _organisation(scale: Scale) -> Iterator[tuple[Database, "Clock", dict[str, uuid.UUID]]]:
    """Play so many days of the year, and give those who are to read the pages accounts."""
    with tempfile.TemporaryDirectory(prefix="tandem-") as folder:
        database = open_database("", var=Path(folder))
        try:
            schema.upgrade(database)
            year = Simulation(database.sessions, scale, PACK, BEGIN)
            year.play(until=DAYS, side_by_side=True)
            clock = Clock(BEGIN + timedelta(days=DAYS))
            yield database, clock, _give_accounts(database, clock)
        finally:
            database.close()


class Clock:
    """The moment at which the play stopped."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def _give_accounts(database: Database, clock: Clock) -> dict[str, uuid.UUID]:
    """One reader for each role, the mentor and the mentee from the pair that has met most often."""
    with database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    with database.sessions() as session:
        met = select(Meeting.pair_id).join(Pair, Pair.id == Meeting.pair_id)
        met = met.where(Pair.status == PairStatus.WORKING)
        pair = session.scalar(met.group_by(Meeting.pair_id).order_by(func.count().desc()).limit(1))
        members = session.execute(select(PairMember.role, PairMember.person_id).filter_by(pair_id=pair))
        people = {member.role: member.person_id for member in members}
        for role in ("curator", "head", "administrator", "auditor"):
            held = select(Membership.person_id).filter_by(role=role).order_by(Membership.id).limit(1)
            people[role] = session.scalars(held).one()
    for role, person_id in people.items():
        carry_out(database.sessions, SYSTEM, partial(_give_account, person_id, role), clock=clock)
    return people


def _give_account(person_id: uuid.UUID, name: str, work: Work) -> None:
    add_user(work, person_id, name, PASSWORD)


def _signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
    assert token is not None
    form = {"csrf_token": token.group(1), "sign_in_name": name, "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 303
    return client


def _reachable(app: Flask, client: FlaskClient) -> dict[str, tuple[str, bool]]:
    """Follow the links from the first page; keep the first address of each, and whether it is a page."""
    found: dict[str, tuple[str, bool]] = {}
    waiting, seen = ["/"], {"/"}
    for _step in range(DEPTH + 1):
        following: list[str] = []
        for path in waiting:
            endpoint = _endpoint(app, path)
            if endpoint is None or endpoint in found:
                continue
            answer = client.get(path, follow_redirects=True)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answers {answer.status_code}")
            is_page = answer.mimetype == "text/html"
            found[endpoint] = path, is_page and endpoint not in WHOLE
            if is_page:
                links = [unescape(link) for link in _LINK.findall(answer.text)]
                following += [link for link in dict.fromkeys(links) if link not in seen]
                seen.update(links)
        waiting = following
    return found


def _endpoint(app: Flask, path: str) -> str | None:
    try:
        endpoint, _values = app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")
    except (RequestRedirect, HTTPException):
        return None
    return None if endpoint == "static" else str(endpoint)
