"""The same completion through HTTP: eight clients, two processes, each request a task of its own."""

import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from benchmarks.diagrams import ANSWERS
from benchmarks.measuring import Finding, at_least, at_most, plain
from benchmarks.town import PASSWORD, Town

CLIENTS = 8
PROCESSES = 2
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_FORM = {key: value for key, value in ANSWERS.items() if value is not False}


@dataclass(frozen=True)
class Load:
    """What a server did: how many a second, how long each took, how many answers were no 303."""

    per_second: float
    milliseconds: list[float]
    wrong: int

    @property
    def p50(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p99(self) -> float:
        return statistics.quantiles(self.milliseconds, n=100)[98]


def measure(town: Town, each: int = 250) -> list[Finding]:
    """Return the table rows of completions through HTTP, in three rounds that take turns."""
    found: dict[str, list[Load]] = {"make_house": [], "make_reference": []}
    for _ in range(3):
        for name, loads in found.items():
            town.settle()
            loads.append(_load(town, name, each))
    house, reference = (_middle(found[name]) for name in ("make_house", "make_reference"))
    wrong = sum(load.wrong for loads in found.values() for load in loads)
    return [
        Finding("completions a second through HTTP", f"{house.per_second:.0f}"),
        Finding("the same rows a second through a Flask view with the ORM", f"{reference.per_second:.0f}"),
        plain("p50 of a completion through HTTP", house.p50),
        plain("p99 of a completion through HTTP", house.p99),
        at_least("completions ÷ the Flask view with the ORM", house.per_second / reference.per_second, 0.5),
        at_most("p99 ÷ p50", house.p99 / house.p50, 5),
        Finding("answers that were no success", str(wrong), "0", wrong == 0),
    ]


def _middle(loads: list[Load]) -> Load:
    return sorted(loads, key=lambda load: load.per_second)[len(loads) // 2]


def _load(town: Town, factory: str, each: int) -> Load:
    warming, tasks = town.start_cases(CLIENTS * 10), town.start_cases(CLIENTS * each)
    with serving(town, factory) as port:
        headers = signed_in(port) if factory == "make_house" else {}
        press_all(port, headers, warming)
        began = time.perf_counter()
        answers = press_all(port, headers, tasks)
        took = time.perf_counter() - began
    wrong = sum(status != 303 for status, _ in answers)
    return Load(len(tasks) / took, [milliseconds for _, milliseconds in answers], wrong)


def press_all(port: int, headers: dict[str, str], tasks: list[uuid.UUID]) -> list[tuple[int, float]]:
    """Complete the tasks, shared out among the clients; return each answer's status and time."""
    shares = [tasks[number::CLIENTS] for number in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = pool.map(lambda share: _press(port, headers, share), shares)
        return [answer for share in answers for answer in share]


def _press(port: int, headers: dict[str, str], tasks: list[uuid.UUID]) -> list[tuple[int, float]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    token = headers.get("X-CSRFToken", "")
    body = urlencode({**_FORM, "csrf_token": token})
    sent = {**headers, "Content-Type": "application/x-www-form-urlencoded"}
    answers = []
    for task_id in tasks:
        began = time.perf_counter()
        connection.request("POST", f"/tasks/{task_id}", body, sent)
        answer = connection.getresponse()
        answer.read()
        answers.append((answer.status, (time.perf_counter() - began) * 1000))
    connection.close()
    return answers


def signed_in(port: int) -> dict[str, str]:
    """Sign in as the mentor and return the headers of a browser that has."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    page, cookie = _get(connection, "/sign-in", "")
    form = {"csrf_token": _token(page), "sign_in_name": "mentor@example.org", "password": PASSWORD}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", urlencode(form), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 303:
        raise RuntimeError(f"the mentor could not sign in: {answer.status}")
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    page, renewed = _get(connection, "/", cookie)
    connection.close()
    return {"Cookie": renewed or cookie, "X-CSRFToken": _token(page)}


def _get(connection: http.client.HTTPConnection, address: str, cookie: str) -> tuple[str, str]:
    while True:
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
        if answer.status not in (302, 303):
            return page, cookie
        address = answer.getheader("Location") or "/"


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    if found is None:
        raise RuntimeError("the page has no token")
    return found.group(1)


@contextmanager
def serving(town: Town, factory: str, processes: int = PROCESSES) -> Iterator[int]:
    """Serve one of the applications and give its port."""
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--no-log"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", str(processes)]
    command += ["--blocking-threads", str(CLIENTS // processes), f"benchmarks.http_apps:{factory}"]
    environment = os.environ | {"TANDEM_DATABASE_URL": town.database.conninfo}
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sign-in")
            connection.getresponse().read()
            connection.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not come up")
