"""Every refusal and failure as a page in plain words: what happened, what was kept, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError, TooManyRequests

from web.frame import NoTown, this_town
from web.log import request_id
from web.refusalwords import refusal_words
from workflow.core.refusals import NotFound, Refused, Stale
from workflow.store.cases import NoScope
from workflow.store.db import db

_l = lazy_gettext
RETRY_AFTER = "60"
TEMPLATE = "errors/page.html"


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
            "传的文件或写的字比这里能收的多，没有收到。文件请压缩或分成几个传，照片可以调小，字请写短些。"
        ),
    ),
    429: Words(_l("试得太快了"), _l("请等一分钟再试。")),
}
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
    return _page(400, EXPIRED)


def _http(error: HTTPException) -> ResponseReturnValue:
    response = make_response(_page(error.code or 500, PAGES.get(error.code or 500, PAGES[400])))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = RETRY_AFTER
    return response


def _failed(_: InternalServerError) -> ResponseReturnValue:
    """Nothing here may need the database: it may be what failed."""
    try:
        db.session.rollback()
        this_town()
    except SQLAlchemyError:
        g.town = NoTown()
    if _wants_json():
        return jsonify(error=str(FAILED.title), request_id=request_id()), 500
    # Past the context processors, of which Flask-Login's would look the account up again.
    template = current_app.jinja_env.get_template(TEMPLATE)
    context = _context(FAILED, (), request_id())
    return template.render(**context, town=this_town(), actor=g.get("actor")), 500


def _page(code: int, words: Words, lines: Iterable[str] = ()) -> ResponseReturnValue:
    if _wants_json():
        return jsonify(error=str(words.title), reasons=list(lines)), code
    return render_template(TEMPLATE, **_context(words, lines, "")), code


def _context(words: Words, lines: Iterable[str], number: str) -> dict[str, object]:
    return {"words": words, "lines": tuple(lines), "number": number, "back": _back()}


def _back() -> str:
    """The page of ours that this request came from, if it says so."""
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host else ""


def _wants_json() -> bool:
    accepted = request.accept_mimetypes
    return accepted.best_match(["text/html", "application/json"]) == "application/json"
