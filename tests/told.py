"""Who was told what, short ways to move a case, and a filing that three levels decide."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from tests.cast import AT, checked, fresh_codes, version_of
from tests.packs import TEN
from workflow.core.checklist import Verdict
from workflow.core.corrections import Anchor, Fault
from workflow.core.days import day_of
from workflow.core.deciding import View
from workflow.core.roles import Actor
from workflow.core.telling import News
from workflow.issuing.signing import Signed
from workflow.store import documents
from workflow.store.accounts import Account, actor_of, named
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.usecases import (
    correcting,
    deciding,
    founding,
    inspecting,
    opinions,
    releasing,
    submitting,
)

BEGIN = TEN.index("[[filing]]")
FILING = TEN[BEGIN : TEN.index("[[section]]")]
LEVELS = """levels = ["liaison", "office", "command"]
issuer_releases = true
opinions = [
  { department = "镇卫生院", days = 1, silence = "no_objection" },
  { department = "镇应急管理办公室", days = 1, silence = "no_objection" },
]
"""
THREE = TEN.replace(FILING, FILING.rstrip() + "\n" + LEVELS + "\n", 1).replace("ten", "three")
CHANGE = FILING.replace("ep_reopen", "ep_change").replace("lead_", "changes = true\nlead_")
CHANGING = TEN.replace(FILING, FILING + CHANGE, 1).replace("ten", "changing")


def publish(pack: str) -> None:
    founding.publish_catalogue(pack, None, AT)


def everything(case_id: int) -> list[tuple[str, News]]:
    """Everyone who was ever told of a case, and what, in order."""
    rows = db.session.execute(
        db.select(Account.username, Notification.news)
        .join(Notification, Notification.account_id == Account.id)
        .where(Notification.case_id == case_id)
        .order_by(Notification.id)
    )
    found = [(name, news) for name, news in rows]
    db.session.rollback()
    return found


def waiting(case_id: int) -> set[tuple[str, News]]:
    """Who has unread news of a case that nobody has settled."""
    rows = db.session.execute(
        db.select(Account.username, Notification.news)
        .join(Notification, Notification.account_id == Account.id)
        .where(
            Notification.case_id == case_id,
            Notification.read_at.is_(None),
            Notification.settled_at.is_(None),
        )
    )
    found = {(name, news) for name, news in rows}
    db.session.rollback()
    return found


def again(case_id: int, actor: Actor) -> None:
    """Everything to correct is answered, and handed in again."""
    for one in db.session.scalars(
        db.text("SELECT id FROM correction_points WHERE case_id = :id AND answer IS NULL"),
        {"id": case_id},
    ).all():
        db.session.rollback()
        submitting.answer_point(case_id, one, "改好了", actor, AT)
    submitting.submit(case_id, version_of(case_id), actor, AT)


def give_back(case_id: int, by: Actor) -> None:
    correcting.raise_point(case_id, Anchor.WHOLE, "", Fault.OTHER, "请补齐", by, AT)
    correcting.return_case(case_id, version_of(case_id), by, AT, fresh_codes)


def rectify(case_id: int, by: Actor) -> None:
    checked(case_id, by, EP_141=Verdict.FAIL)
    mend_by = day_of(AT) + timedelta(days=2)
    inspecting.rectify(case_id, mend_by, version_of(case_id), by, AT, fresh_codes)


def refer(case_id: int, by: Actor) -> None:
    deciding.refer(case_id, "同意", version_of(case_id), by, AT, fresh_codes)


def send_back(case_id: int, by: Actor) -> None:
    deciding.send_back(case_id, "请再核对", version_of(case_id), by, AT)


def issue(case_id: int) -> None:
    document = documents.of_case(case_id)
    assert document is not None
    db.session.rollback()
    pdf = f"%PDF-{case_id}".encode()
    releasing.mark_issued(document.id, Signed(pdf, sha256(pdf).hexdigest(), "B-B"), AT)


def new(case_id: int, deed: Callable[[], object]) -> set[tuple[str, News]]:
    """Who is told what by a deed."""
    before = len(everything(case_id))
    deed()
    return set(everything(case_id)[before:])


def answer(case_id: int, username: str) -> None:
    actor = actor_of(named(username), day_of(AT))
    opinions.answer(case_id, View.AGREES, "", actor, AT)
