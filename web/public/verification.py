"""Is this document genuine, and is it in force now? Asked by code, by QR or with the file."""

from dataclasses import dataclass

from flask import current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from forms.verifying import VerifyForm
from web.clock import now
from web.frame import limiter
from web.guards import public
from web.public.blueprint import bp
from workflow.core.letters import LetterKind
from workflow.usecases import verifying
from workflow.usecases.verifying import Answer, Kind

_l = lazy_gettext
LOOK_UPS_PER_ADDRESS = "60 per minute"


@dataclass(frozen=True, slots=True)
class Words:
    """How an answer looks and reads. ``state`` is one of ``status.result``."""

    state: str
    title: LazyString
    meaning: LazyString


ANSWERS = {
    Kind.VALID: Words("valid", _l("有效"), _l("文件是真的，现在管用。")),
    Kind.PENDING: Words(
        "pending",
        _l("正在签发"),
        _l("文件正在盖章签名，一般几分钟就好。签好以前不算数，请过一会儿再查。"),
    ),
    Kind.REPLACED: Words(
        "suspended",
        _l("真实，已被变更代替"),
        _l("文件是真的，但企业报过变更，已签发新的通知单。这一份不再管用，请看新的一份。"),
    ),
    Kind.VOIDED: Words(
        "revoked",
        _l("已作废"),
        _l("文件是从这里发出的，后来作废了，不能凭它复工。文号不会再用。"),
    ),
    Kind.SUPERSEDED: Words(
        "suspended",
        _l("真实，已有新版本"),
        _l("文件是真的，没有被改，但后来又签发过新版本。请看新的一份。"),
    ),
    Kind.ALTERED: Words(
        "revoked",
        _l("被改过"),
        _l("这份文件签发以后被改过，不能凭它复工。请向签发单位核实。"),
    ),
    Kind.NOT_OURS: Words(
        "revoked",
        _l("不是这里签发的"),
        _l("这份文件不是从这里发出的。请不要凭它复工，可打咨询电话核实。"),
    ),
    Kind.UNSIGNED: Words(
        "unknown",
        _l("比不出真假"),
        _l(
            "照片、扫描件和没下完整的文件里没有数字签名，没法比。请扫文件上的二维码，或填 12 位码；"
            "码也查不到的，不要凭它复工。"
        ),
    ),
    Kind.UNKNOWN: Words(
        "unknown",
        _l("没有查到"),
        _l("请核对码有没有抄错。还是查不到，就不要凭它复工，可打咨询电话核实。"),
    ),
}


OTHER_LETTERS = Words(
    "valid",
    _l("真实"),
    _l("文件是真的，是从这里发出的。它不是复工通知单，不能凭它复工。"),
)


@bp.get("/verify")
@public
def verify() -> ResponseReturnValue:
    return render_template("public/verify.html", form=VerifyForm())


@bp.post("/verify")
@limiter.limit(LOOK_UPS_PER_ADDRESS)
@public
def look_up() -> ResponseReturnValue:
    form = VerifyForm()
    if not form.validate():
        return render_template("public/verify.html", form=form), 422
    if form.file.data:
        config = current_app.config
        data = form.file.data.read()
        return _answered(verifying.by_file(data, config["ANCHORS"], now(), config["TSA_ANCHORS"]))
    return _answered(verifying.by_code(form.code.data or "", form.number.data or ""))


@bp.get("/v/<token>")
@limiter.limit(LOOK_UPS_PER_ADDRESS)
@public
def by_token(token: str) -> ResponseReturnValue:
    return _answered(verifying.by_token(token) if token.isprintable() else verifying.UNKNOWN)


def _answered(answer: Answer) -> ResponseReturnValue:
    """One page for every answer; all misses look alike, so that nothing is learnt from them."""
    words, document = ANSWERS[answer.kind], answer.document
    if answer.kind is Kind.VALID and document and document.kind is not LetterKind.NOTICE:
        words = OTHER_LETTERS
    page = render_template(
        "public/answer.html", answer=answer, words=words, at=now(), form=VerifyForm(formdata=None)
    )
    response = make_response(page, 404 if answer.kind is Kind.UNKNOWN else 200)
    response.headers["Cache-Control"] = "no-store"  # it is true only now
    response.headers["X-Robots-Tag"] = "noindex"
    return response
