"""The JavaScript sandbox that runs FEEL: one for each process, made when first needed.

It is a bare V8 with nothing of a host in it. One question is answered at a time; an answer that takes too
long or too much memory is cut off, and the sandbox that gave it is replaced.
"""

import atexit
import ctypes
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from importlib import resources
from threading import Lock
from typing import Any

import orjson
from py_mini_racer import JSEvalException, JSOOMException, JSTimeoutException, MiniRacer

from workflows.engine.feel_reasons import FeelFailed
from workflows.refusals import NotBuilt

SECONDS = 1.0
MEMORY = 128 * 1024 * 1024
# More than this is no data of a case but an accident.
LONGEST_QUESTION = 8 * 1024 * 1024


class BundleMissing(NotBuilt):
    """The interpreter was not built."""


class Sandbox:
    """One V8 with the FEEL interpreter in it."""

    def __init__(self) -> None:
        self.remembered: set[str] = set()
        # Made where an event loop runs, it would take that loop and refuse to be asked with a limit.
        with ThreadPoolExecutor(max_workers=1) as elsewhere:
            self._racer = elsewhere.submit(MiniRacer).result()
        self._racer.set_hard_memory_limit(MEMORY)
        self._racer.eval(_bundle())

    def ask(self, question: bytes) -> Any:
        """Put one question, as JSON, and return the answer."""
        # JSON inside a JSON text is a string literal of JavaScript, whatever is in it.
        literal = orjson.dumps(question.decode()).decode()
        return orjson.loads(str(self._racer.eval(f"feel.answer({literal})", timeout_sec=SECONDS)))

    def close(self) -> None:
        """Close it once it has let go of what it was doing; one that does not is left alone."""
        try:
            self._racer.eval("0", timeout_sec=SECONDS)
        except JSTimeoutException:
            self.abandon()
            return
        except JSEvalException:
            pass  # Out of memory it answers nothing more, but it can be closed.
        self._racer.close()

    def abandon(self) -> None:
        """Leave it as it is for ever: after a fork its threads are gone, and closing would wait for them."""
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._racer))


class _Holder:
    """The sandbox of this process, and whose turn it is to ask."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.sandbox: Sandbox | None = None

    def replace(self) -> None:
        sandbox, self.sandbox = self.sandbox, None
        if sandbox is not None:
            sandbox.close()

    def forget(self) -> None:
        """Begin anew in a forked process, where the lock may be held by a thread that is no more."""
        self.lock = Lock()
        sandbox, self.sandbox = self.sandbox, None
        if sandbox is not None:
            sandbox.abandon()


_holder = _Holder()
# A sandbox still open when the interpreter goes down would wait for its thread, which has already stopped.
atexit.register(_holder.replace)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_holder.forget)


def ask(act: str, **details: Any) -> dict[str, Any]:
    """Ask the sandbox to do something; raise FeelFailed when it cannot."""
    question = _question({"act": act, **details})
    with _holder.lock:
        return _asked(question)


def ask_about(key: str, model: Mapping[str, Any], act: str, **details: Any) -> dict[str, Any]:
    """Ask about a model, which the sandbox is told once."""
    question = _question({"act": act, "key": key, **details})
    with _holder.lock:
        if _holder.sandbox is None or key not in _holder.sandbox.remembered:
            _asked(_question({"act": "remember", "key": key, "model": model}))
            assert _holder.sandbox is not None
            _holder.sandbox.remembered.add(key)
        answer = _answered(question)
        if answer.get("failed", {}).get("code") == "unknown_model":
            _asked(_question({"act": "remember", "key": key, "model": model}))
            answer = _answered(question)
        return _checked(answer)


def _asked(question: bytes) -> dict[str, Any]:
    return _checked(_answered(question))


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    if "failed" in answer:
        raise FeelFailed(answer["failed"]["code"], **answer["failed"]["values"])
    return answer


def _answered(question: bytes) -> dict[str, Any]:
    if _holder.sandbox is None:
        _holder.sandbox = Sandbox()
    try:
        answer: dict[str, Any] = _holder.sandbox.ask(question)
    except JSTimeoutException as error:
        _holder.replace()
        raise FeelFailed("too_slow", seconds=f"{SECONDS:g}") from error
    except JSOOMException as error:
        _holder.replace()
        raise FeelFailed("too_large") from error
    except JSEvalException as error:
        _holder.replace()
        raise FeelFailed("cannot_evaluate", detail=str(error).splitlines()[0]) from error
    return answer


def _question(details: Mapping[str, Any]) -> bytes:
    try:
        question = orjson.dumps(details, default=_as_json)
    except TypeError as error:
        raise FeelFailed("not_data", kind=str(error)) from error
    if len(question) > LONGEST_QUESTION:
        raise FeelFailed("too_large")
    return question


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return list(value)
    raise TypeError(type(value).__name__)


def _bundle() -> str:
    bundle = resources.files("workflows.engine") / "built" / "feel.js"
    if not bundle.is_file():
        raise BundleMissing("The FEEL interpreter is not built: run `make build`.")
    return bundle.read_text("utf-8")
