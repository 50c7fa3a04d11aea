"""Short ways through getting in: a claim filled in, looked at, decided."""

import re
from datetime import date
from random import Random

from flask import Flask
from sqlalchemy import select

from tests.cast import AT
from tests.pages import Visitor
from workflow.core.claims import (
    ClaimedPlace,
    ClaimWords,
    Handler,
    Means,
    PlaceClass,
    Relation,
    Scope,
    Verification,
)
from workflow.core.codes import typed_code
from workflow.store.accounts import Account
from workflow.store.claims import Claim
from workflow.store.db import db
from workflow.usecases import registering

NEW_CODE = "N1410122MF0000001N"  # begins with a letter, as those of village collectives do
HELD_CODE = "91000000MA0000001R"  # He's enterprise
UNKNOWN_CODE = "91000000MA00000043"
MOBILE, OTHER_MOBILE = "13800000001", "13800000002"
SECRET = "open-sesame-1"
VISIT = Verification(Means.VISIT)
CALL = Verification(Means.CALL, "000-0000-0052")
FILLED = {
    "code": NEW_CODE,
    "enterprise": "虚构示例合作社",
    "legal_rep": "钱样本",
    "place": "仓库",
    "place_class": "shop",
    "village": "东示村",
    "address": "东示村一组",
    "name": "孙样本",
    "mobile": MOBILE,
    "password": SECRET,
    "relation": "agent",
    "scope": "all",
    "until": "2027-06-30",
}


def words(**other: object) -> ClaimWords:
    """What somebody fills in, in Lin's field, unless told otherwise."""
    told = {"mobile": MOBILE, "until": date(2027, 6, 30), "village": "东示村", "scope": Scope.ALL}
    told |= {"code": NEW_CODE, "town_number": None, "why": None, "name": "孙样本"} | other
    return ClaimWords(
        enterprise="虚构示例合作社",
        legal_rep="钱样本",
        credit_code=told["code"],
        town_number=told["town_number"],
        why_no_code=told["why"],
        place=ClaimedPlace("仓库", PlaceClass.SHOP, told["village"], "某处一组"),
        handler=Handler(told["name"], told["mobile"], Relation.AGENT, told["scope"], told["until"]),
    )


def claimed(seed: int = 0, **other: object) -> int:
    receipt = typed_code(Random(seed).choice)
    return registering.claim(words(**other), SECRET, receipt, AT)


def fill_in(visitor: Visitor, **other: str) -> str:
    """Registers over HTTP; the address of the receipt."""
    answer = visitor.post("/register", FILLED | other, "/register")
    assert answer.status_code == 302, answer.text
    return answer.location


def sign_in(app: Flask, identity: str, password: str = SECRET) -> tuple[Visitor, int]:
    visitor = Visitor(app)
    answer = visitor.post("/sign-in", {"email": identity, "password": password})
    return visitor, answer.status_code


def claim_of(mobile: str = MOBILE) -> Claim:
    db.session.expire_all()
    return db.session.scalars(
        select(Claim).where(Claim.mobile_index == mobile).order_by(Claim.id.desc())
    ).first()


def account_of(mobile: str = MOBILE) -> Account | None:
    db.session.expire_all()
    return db.session.scalar(select(Account).where(Account.mobile_index == mobile))


def bare(page: str) -> str:
    """A page without what differs each time: token, nonce, receipt, time."""
    page = re.sub(r'name="csrf_token"[^>]*', "", page)
    page = re.sub(r'nonce="[^"]*"', "", page)
    return re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", "", page)
