"""Ways in which the ten items may be decided, and short names for the steps of a case."""

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select

from tests.cast import AT, checked, fresh_codes, submitted, version_of
from tests.packs import TEN
from workflow.core.corrections import Anchor, Fault
from workflow.core.days import day_of
from workflow.core.filings import Silence
from workflow.core.letters import LetterKind
from workflow.core.refusals import Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.store import documents
from workflow.store.accounts import actor_of, named
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.store.decisions import Opinion
from workflow.usecases import correcting, deciding, founding, submitting

CHANGE = """
[[filing]]
key = "ep_change"
name = "复工变更报备"
lead_days = 1
changes = true
tells = {}
sections = ["plan"]
materials = []
"""
A_DAY = timedelta(days=1)
CLINIC, EMERGENCY = "镇卫生院", "镇应急管理办公室"


def decided_by(
    *above: str, issuer: bool = False, asked: dict[str, str] | None = None, further: str = ""
) -> None:
    """From now on the liaison decides, and then these; ``asked``: departments, their silence."""
    levels = ", ".join(f'"{one}"' for one in ("liaison", *above))
    opinions = ", ".join(
        f'{{ department = "{name}", days = 1, silence = "{silence}" }}'
        for name, silence in (asked or {}).items()
    )
    way = f"levels = [{levels}]\nissuer_releases = {str(issuer).lower()}\nopinions = [{opinions}]"
    text = TEN.replace("lead_days = 1", f"lead_days = 1\n{way}\n{further}", 1)
    version = sha256(text.encode()).hexdigest()[:12]
    text = text.replace('version = "ten"', f'version = "{version}"')
    founding.publish_catalogue(text.replace("\n[[section]]", f"{CHANGE}\n[[section]]", 1), None, AT)


def of_department(username: str = "weisheng") -> Actor:
    return actor_of(named(username), day_of(AT))


def asked(case_id: int, username: str = "weisheng") -> Actor:
    """An officer of a department, which was asked about this case until yesterday."""
    who = of_department(username)
    told = {"asked_on": day_of(AT), "due_on": day_of(AT) - A_DAY, "silence": Silence.NO_OBJECTION}
    with transaction() as session:
        session.add(Opinion(case_id=case_id, department_id=who.department_id, **told))
    return who


def ready(enterprise: Actor, liaison: Actor, at: datetime = AT) -> int:
    """Inspected, everything passed: only the decision is lacking."""
    return checked(submitted(enterprise, at), liaison, at)


def state_of(case_id: int) -> State:
    db.session.rollback()
    return db.session.scalars(select(Case.state).where(Case.id == case_id)).one()


def letters_of(case_id: int) -> list[tuple[LetterKind, str]]:
    db.session.rollback()
    return [(one.kind, one.full_number) for one in documents.all_of_case(case_id)]


def why(refused: Refused) -> tuple[Refusal, ...]:
    return refused.refusals


def point(case_id: int, anchor: Anchor, key: str, by: Actor, at: datetime = AT) -> int:
    return correcting.raise_point(case_id, anchor, key, Fault.UNCLEAR, f"请补正{key}", by, at)


def give_back(case_id: int, by: Actor, at: datetime = AT) -> str:
    return correcting.return_case(case_id, version_of(case_id), by, at, fresh_codes)


def returned(case_id: int, by: Actor, at: datetime = AT) -> int:
    """Given back for one thing, the filing as a whole."""
    told = point(case_id, Anchor.WHOLE, "", by, at)
    give_back(case_id, by, at)
    return told


def hand_in(case_id: int, by: Actor, at: datetime = AT) -> str:
    return submitting.submit(case_id, version_of(case_id), by, at)


def refer(case_id: int, by: Actor, at: datetime = AT) -> None:
    deciding.refer(case_id, "同意上报", version_of(case_id), by, at, fresh_codes)


def refuse(case_id: int, by: Actor, words: str = "未备体温计", at: datetime = AT) -> str:
    version = version_of(case_id)
    return deciding.refuse(case_id, words, "防控指南", version, by, at, fresh_codes)


def send_back(case_id: int, by: Actor, words: str = "请再看一次", at: datetime = AT) -> None:
    deciding.send_back(case_id, words, version_of(case_id), by, at)


def void(case_id: int, by: Actor, words: str = "写错了人数", at: datetime = AT) -> None:
    deciding.void(case_id, words, version_of(case_id), by, at)


def withdraw(case_id: int, by: Actor, at: datetime = AT) -> None:
    submitting.withdraw(case_id, version_of(case_id), by, at)
