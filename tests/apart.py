"""Do something in a thread of its own: the browser of other tests keeps a loop running in the main one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def apart(call: Callable[..., Any], *positional: Any, **named: Any) -> Any:
    """Call it where no event loop runs, and return what it returns or raise what it raises."""
    with ThreadPoolExecutor(max_workers=1) as threads:
        return threads.submit(call, *positional, **named).result()
