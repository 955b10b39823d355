"""How a process that works for long is told to stop: by signals, after which it finishes what it began."""

import asyncio
import signal
from contextlib import suppress


async def until_told_to_stop(working: asyncio.Task[None]) -> None:
    """Work; when told to stop finish what was begun, and take no notice of being told again.

    Ctrl+C reaches this process and its parent alike, and the parent then says the same once more.
    """
    loop, told = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        if not told.is_set():
            told.set()
            working.cancel()

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    # Elsewhere than in the main thread, and on Windows, nobody is told anything by a signal.
    with suppress(NotImplementedError, ValueError, RuntimeError):
        for number in before:
            loop.add_signal_handler(number, stop)
    try:
        await working
    except asyncio.CancelledError:
        if not told.is_set():
            raise
    finally:
        with suppress(NotImplementedError):
            for number, handler in before.items():
                if loop.remove_signal_handler(number):
                    signal.signal(number, handler)
