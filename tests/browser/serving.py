"""The application at an address of this machine, and the Chromium that looks at it."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import make_server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Find a Chromium of the system."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Let the application answer in this process, and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    answering = threading.Thread(target=server.serve_forever)
    answering.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        answering.join()
        server.server_close()
