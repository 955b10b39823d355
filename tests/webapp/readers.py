"""Somebody before a browser, without the browser; and what there is to read on a page."""

import re
from typing import Any

from flask.testing import FlaskClient
from html5lib import HTMLParser
from werkzeug.test import TestResponse

from workflows.work import Actor

PASSWORD = "слон читает газету утром"


class Reader:
    """Somebody before a browser: keeps cookies, sends the token of the page along."""

    def __init__(self, client: FlaskClient, actor: Actor | None = None, sign_in_name: str = "") -> None:
        self.client = client
        self.actor = actor
        self.sign_in_name = sign_in_name
        self._told = ("", "")

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, **more)

    def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        headers = {"Sec-Fetch-Site": "same-origin", **more.pop("headers", {})}
        sent = {"csrf_token": self.token(), **(data or {})}
        return self.client.post(address, data=sent, headers=headers, **more)

    def send(self, method: str, address: str, json: Any = None) -> TestResponse:
        return self.client.open(address, method=method, json=json, headers={"X-CSRFToken": self.token()})

    def token(self) -> str:
        """Return the token of this session, asked for once for as long as the cookie is the same."""
        cookie = self.client.get_cookie("tandem")
        if cookie is None or self._told[0] != cookie.value:
            token = self._ask_for_token()
            cookie = self.client.get_cookie("tandem")
            self._told = (cookie.value if cookie else "", token)
        return self._told[1]

    def _ask_for_token(self) -> str:
        told = self.client.get("/api/v1/session")
        if told.status_code == 200:
            return told.json["csrf_token"]
        page = self.client.get("/sign-in").text
        return page.partition('name="csrf_token" value="')[2].partition('"')[0]

    def sign_in(self) -> TestResponse:
        return self.post("/sign-in", {"sign_in_name": self.sign_in_name, "password": PASSWORD})


def parsed(answer: TestResponse) -> Any:
    """Parse a page as strictly as HTML5 asks for, and return its tree."""
    return HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)


def ids(page: str, kind: str) -> list[str]:
    """List the ids to which a page has links, each once: `ids(page, "tasks")`."""
    return list(dict.fromkeys(re.findall(rf'href="/{kind}/([0-9a-f-]{{36}})"', page)))
