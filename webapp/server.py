"""The web server: granian in front of the Flask application. Why granian: docs/decisions/0006."""

import gc
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from models.database import open_database, var_folder
from webapp.settings import Settings, SettingsWrong, find_secret_key, from_environment

# Requests wait for the database most of their time, and it serves a limited number of connections.
THREADS = 4


class PortTaken(SettingsWrong):
    """Somebody else answers at this address already."""


def make_application() -> Any:
    """Return the application of one server process, with its own way to the database."""
    from webapp.app import create_app

    _hear_the_end_once()
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    settings = from_environment(secret_key=find_secret_key(var_folder()))
    database = open_database(application_name="tandem web", pool_size=THREADS)
    application = create_app(settings, database.sessions)
    # What was imported stays: a request need not wait until the collector has gone through all of it.
    gc.collect()
    gc.freeze()
    return application


def serve(settings: Settings, *, when_ready: Callable[[], None]) -> None:
    """Answer until told to stop; `when_ready` is called once the first page could be read."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "webapp.server:make_application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.processes,
        blocking_threads=THREADS,
        backpressure=THREADS * 16,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    waiting = threading.Thread(target=_call_when_ready, args=(server, settings, when_ready), daemon=True)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_hear_the_end_once)
    server.on_startup(waiting.start)
    server.on_startup(partial(_stop_with_terminal, server, _hangup_handler()))
    server.serve()


def refuse_taken_port(settings: Settings) -> None:
    """Say so before anything is started, if the address is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as failure:
            raise PortTaken(
                f"{settings.host}:{settings.port} cannot be used ({failure.strerror}): "
                "stop what answers there, or choose another port with --port."
            ) from failure


def address(settings: Settings) -> str:
    """Return the address for a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{host}:{settings.port}/"


def _hear_the_end_once() -> None:
    """Stop at the first word of it, and hear no second one.

    A terminal and a service manager tell every process of the group, and then the parent tells its
    server processes again. granian hangs when it is told twice at once.
    """
    if sys.platform == "win32" or signal.SIGTERM in signal.pthread_sigmask(signal.SIG_BLOCK, ()):
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    threading.Thread(target=_stop_when_told, args=(signal.getsignal(signal.SIGTERM),), daemon=True).start()


def _stop_when_told(handler_before: Any) -> None:
    signal.sigwait({signal.SIGTERM})
    handler = signal.getsignal(signal.SIGTERM)
    if handler is handler_before or not callable(handler):
        os._exit(0)  # granian does not serve yet: there is nothing to bring to an end.
    handler(signal.SIGTERM, None)


def _end_with_parent(parent: int) -> None:
    """Do not hold the port after the parent was killed; whoever starts it anew could not answer."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _hangup_handler() -> Any:
    return None if sys.platform == "win32" else signal.getsignal(signal.SIGHUP)


def _stop_with_terminal(server: Any, handler_before: Any) -> None:
    """Stop when the terminal is closed, unless started so as to outlive it; granian would only reload."""
    if sys.platform != "win32":
        outlives = handler_before is signal.SIG_IGN
        signal.signal(signal.SIGHUP, signal.SIG_IGN if outlives else server.signal_handler_interrupt)


def _call_when_ready(server: Any, settings: Settings, when_ready: Callable[[], None]) -> None:
    pause = threading.Event()
    # The processes are forked off: whatever lock this thread held at that moment, that of an import
    # for instance, they would never see released. So it does nothing until all of them are there.
    while len(server.wrks) < settings.processes:
        pause.wait(0.01)
    for _ in range(600):
        with suppress(OSError), urllib.request.urlopen(address(settings) + "health", timeout=5):  # noqa: S310
            when_ready()
            return
        pause.wait(0.05)
