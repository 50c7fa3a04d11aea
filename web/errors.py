"""Every refusal and failure as a page in plain words: what happened, what was kept, what to do."""

import errno
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, current_app, g, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError, TooManyRequests
from werkzeug.wrappers import Response

from web import typed
from web.frame import NoTown, this_town
from web.log import request_id
from web.refusalwords import refusal_words
from web.uploads import NO_ROOM_WORDS
from workflow.core.refusals import NotFound, Refused, Stale
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.store.files import NotKept

_l = lazy_gettext
RETRY_AFTER = "60"
TEMPLATE = "errors/page.html"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Words:
    """A title, and what to do about it."""

    title: str | LazyString
    advice: str | LazyString


REFUSED = Words(_l("这一步现在还办不了"), _l("这一步没有办成。照下面说的办好，再来一次。"))
STALE = Words(
    _l("有人先办了一步"),
    _l("您打开页面以后，这件事已经变了，您刚才的操作没有生效。请看最新情况，再决定怎么办。"),
)
EXPIRED = Words(
    _l("页面放太久了"),
    _l("刚才的没有收到。请按浏览器的“后退”，填的多半还在；刷新页面以后再提交一次。"),
)
PAGES = {
    400: Words(_l("没看懂这次提交"), _l("请回到上一页，再提交一次。")),
    403: Words(
        _l("您的账号看不了这一页"), _l("没有任何改动。如果该您办，请打咨询电话，或换一个账号登录。")
    ),
    404: Words(
        _l("没有这一页"), _l("可能地址抄错了，也可能这一页不归您看。请从首页进，或打咨询电话。")
    ),
    405: Words(_l("这一页不能这样打开"), _l("请从首页进。")),
    413: Words(
        _l("传的太大"),
        _l(
            "传的文件或写的字比这里能收的多，没有收到，也没有存。写的字请按浏览器的“后退”，填的多半还在，"
            "改短了再存。文件请压缩或分成几个传，一个最大 20 MB；照片可以调小。"
        ),
    ),
    429: Words(_l("试得太快了"), _l("请等一分钟再试。")),
}
UNSENT = Words(
    _l("没存上"),
    _l(
        "系统这会儿存不了。您刚才填的没有丢，这一页替您记着。请别关页面，过几秒再按下面的“再存一次”。"
    ),
)
UNREAD = Words(
    _l("没存上"),
    _l(
        "系统这会儿存不了，以前存好的都还在。请按浏览器的“后退”，填的多半还在；过一分钟再按一次。"
        "文件要重新选。"
    ),
)
AWAY = Words(_l("现在打不开"), _l("系统这会儿取不出内容，存好的都还在。请过一分钟再刷新这一页。"))
NO_ROOM = Words(_l("存不下了"), NO_ROOM_WORDS)
FAILED = Words(
    _l("没办成，我们记下了"),
    _l("这次的没有存上，以前存好的都还在。请过几分钟再试；还不行，请打咨询电话，报下面的编号。"),
)


def init_errors(app: Flask) -> None:
    """Maps what use cases raise, and HTTP's own errors, to pages; views catch nothing."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(Stale, _stale)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(NoScope, _not_found)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _out_of_reach)
    app.register_error_handler(NoConnection, _out_of_reach)
    app.register_error_handler(OSError, _no_room)
    app.register_error_handler(NotKept, _no_room)
    app.register_error_handler(InternalServerError, _failed)


def _refused(error: Refused) -> ResponseReturnValue:
    # A view that has the case in hand may leave its pack here, for the names of facts.
    pack = g.get("pack")
    return _page(409, REFUSED, [refusal_words(one, pack) for one in error.refusals])


def _stale(_: Stale) -> ResponseReturnValue:
    return _page(409, STALE)


def _not_found(_: Exception) -> ResponseReturnValue:
    return _page(404, PAGES[404])


def _expired(_: CSRFError) -> ResponseReturnValue:
    """Signed in anew since the page was opened: its token is that of the session before."""
    if g.get("actor") is not None and typed.keep():
        return redirect(request.path)  # where it is shown again, with a token of now
    return _page(400, EXPIRED)


def _http(error: HTTPException) -> ResponseReturnValue:
    response = make_response(_page(error.code or 500, PAGES.get(error.code or 500, PAGES[400])))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _failed(_: InternalServerError) -> ResponseReturnValue:
    return _page_alone(500, FAILED)


def _out_of_reach(error: DBAPIError | NoConnection) -> ResponseReturnValue:
    """The database is being restarted, is full, or is waited for in vain: not a fault of ours.

    What was typed goes back to whoever typed it, to be sent again. Any other error of the
    database (a wrong statement, a rule that a row breaks) is a fault of ours, and is told so.
    """
    if not isinstance(error, (OperationalError, NoConnection)) and not error.connection_invalidated:
        raise error
    current_app.log_exception(sys.exc_info())
    if request.method in READING:
        return _later(_page_alone(503, AWAY))
    again = typed.to_send_again()
    return _later(_page_alone(503, UNSENT if again else UNREAD, again))


def _no_room(error: OSError | NotKept) -> ResponseReturnValue:
    """A disk is full: that of the file store, or the one where a large upload waits."""
    if not isinstance(error, NotKept) and error.errno not in FULL:
        raise error
    current_app.log_exception(sys.exc_info())
    return _later(_page_alone(503, NO_ROOM))


def _later(answer: Response) -> Response:
    answer.headers["Retry-After"] = RETRY_AFTER
    answer.headers["Cache-Control"] = "no-store"  # it may hold what somebody typed
    return answer


def _page_alone(code: int, words: Words, again: typed.Fields = ()) -> Response:
    """A page for which nothing may need the database: it may be what failed."""
    try:
        db.session.rollback()
        this_town()
    except SQLAlchemyError:
        g.town = NoTown()
    if _wants_json():
        said = {"error": str(words.title), "advice": str(words.advice)}
        return make_response(jsonify(said | {"request_id": request_id()}), code)
    # Past the context processors, of which Flask-Login's would look the account up again.
    template = current_app.jinja_env.get_template(TEMPLATE)
    context = _context(words, (), request_id()) | {"again": again}
    return make_response(template.render(**context, town=this_town(), actor=g.get("actor")), code)


def _page(code: int, words: Words, lines: Iterable[str] = ()) -> ResponseReturnValue:
    if _wants_json():
        said = {"error": str(words.title), "advice": str(words.advice), "reasons": list(lines)}
        return jsonify(said), code
    try:
        return render_template(TEMPLATE, **_context(words, lines, "")), code
    except SQLAlchemyError:  # what is said here needs no database, and it may be away meanwhile
        current_app.log_exception(sys.exc_info())
        return _page_alone(code, words)


def _context(words: Words, lines: Iterable[str], number: str) -> dict[str, object]:
    said = {"words": words, "lines": tuple(lines), "number": number}
    return said | {"back": _back(), "again": ()}


def _back() -> str:
    """The page of ours that this request came from, if it says so."""
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host else ""


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"
