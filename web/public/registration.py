"""Registering: anyone fills in a claim; its receipt number tells them what became of it.

The answer is the same whatever code or number was entered: what is known of either is looked at
by the officer who decides, and by nobody before.
"""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.registration import ReceiptForm, RegisterForm
from web.clock import now
from web.codes import new_receipt
from web.entrywords import ADVICE
from web.frame import limiter
from web.guards import public
from web.public.blueprint import bp
from workflow.core.codes import grouped, normalised
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.store import accounts, claims, duty
from workflow.usecases import registering

CLAIMS_PER_ADDRESS = "10 per minute; 60 per hour"  # a whole office may share one address
LOOK_UPS_PER_ADDRESS = "60 per minute"


@bp.get("/register")
@public
def register() -> ResponseReturnValue:
    return _page(_form(), 200)


@bp.post("/register")
@limiter.limit(CLAIMS_PER_ADDRESS)
@public
def claim() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return _page(form, 422)
    receipt = new_receipt()
    registering.claim(form.to_words(), str(form.password.data), receipt, now())
    return redirect(url_for(".claim_status", receipt=grouped(receipt)))


@bp.get("/claims/<receipt>")
@limiter.limit(LOOK_UPS_PER_ADDRESS)
@public
def claim_status(receipt: str) -> ResponseReturnValue:
    found = claims.by_receipt(normalised(receipt) or "")
    liaison = None if found.for_office else accounts.liaison_of(found.field_id or 0)
    page = render_template(
        "public/claim.html",
        claim=found,
        receipt=grouped(found.receipt),
        liaison=liaison,
        advice=ADVICE[found.cause] if found.cause else "",
    )
    return _unkept(page, 200)


@bp.post("/claims")
@limiter.limit(LOOK_UPS_PER_ADDRESS)
@public
def find_claim() -> ResponseReturnValue:
    """From a receipt number typed by hand to its page."""
    form = ReceiptForm()
    code = normalised(form.receipt.data or "") if form.validate() else None
    if code is None:
        raise NotFound
    return redirect(url_for(".claim_status", receipt=grouped(code)))


def _form() -> RegisterForm:
    return RegisterForm([one.name for one in duty.villages()], day_of(now()))


def _page(form: RegisterForm, status: int) -> ResponseReturnValue:
    find = ReceiptForm(formdata=None)
    return _unkept(render_template("public/register.html", form=form, find=find), status)


def _unkept(page: str, status: int) -> ResponseReturnValue:
    """What somebody told us of themselves is kept in no browser and found by no search."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
