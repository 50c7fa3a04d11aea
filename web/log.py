"""One JSON line for each request, and for each failure where it happened.

Personal data must not end up in a log. So a line names the endpoint, never the path (it may hold
a document's token), no query, no form; and of an exception its type and place, never its message,
in which a database repeats the values it refused (in debug mode the message too).
"""

import secrets
import time
import traceback
from types import TracebackType

import structlog
from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from workflow.core.codes import ALPHABET

QUIET = frozenset({"static", "bootstrap.static", "public.healthz", "public.readyz"})
ID_LENGTH = 8
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

logger = structlog.get_logger()


def init_log(app: Flask) -> None:
    """Gives every request an id, which the page of a failure shows and an operator can find."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        cache_logger_on_first_use=False,
    )
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _failed  # type: ignore[method-assign]  # Flask's own writes the path


def request_id() -> str:
    """This request's id, short enough to be read out on the telephone."""
    if "request_id" not in g:
        g.request_id = new_request_id()
    found: str = g.request_id
    return found


def new_request_id() -> str:
    number = secrets.randbelow(len(ALPHABET) ** ID_LENGTH)  # asked for once: each takes its time
    letters = []
    for _ in range(ID_LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def write(request_id: str, method: str, endpoint: str | None, status: int, began: float) -> None:
    """The one line of a request that began at that count of the clock, or 0 if none knows."""
    spent = time.perf_counter() - began if began else 0.0
    logger.info(
        "request",
        request_id=request_id,
        method=method,
        endpoint=endpoint,
        status=status,
        ms=round(spent * 1000, 1),
    )


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    if request.endpoint in QUIET and response.status_code < 400:
        return response
    began: float = g.get("began", 0.0)
    write(request_id(), request.method, request.endpoint, response.status_code, began)
    return response


def _failed(exc_info: ExcInfo) -> None:
    kind, error, _ = exc_info
    frames = traceback.extract_tb(error.__traceback__) if error else []
    logger.error(
        "failure",
        request_id=request_id(),
        endpoint=request.endpoint,
        error=kind.__name__ if kind else None,
        message=str(error) if current_app.debug else None,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    )
