"""What was told in a draft and when: every change is kept, so that two people can be merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.facts import Facts, from_json
from workflow.core.filings import Part
from workflow.core.packs import Pack
from workflow.core.roles import Actor
from workflow.core.states import WRITABLE
from workflow.store.accounts import Account
from workflow.store.cases import Case, visible_to
from workflow.store.db import Model, db
from workflow.store.submissions import Answers, Attachment, Submission

PART = "part."  # before the key of a part among a case's answers


class AnswerChange(Model):
    """One answer as it was from a version of its case on; None: taken back. Only ever added."""

    __tablename__ = "answer_changes"
    __table_args__ = (Index("ix_answer_changes_known", "case_id", "key", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    version: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[Any] = mapped_column(JSONB(none_as_null=True), nullable=True)
    changed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    changed_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Change:
    """Who gave an answer its present value, and when."""

    key: str
    who: str
    at: datetime
    by: int


def record(
    case_id: int, version: int, values: Mapping[str, object], by: int | None, at: datetime
) -> None:
    """Notes what a version of a case changed."""
    db.session.add_all(
        AnswerChange(
            case_id=case_id, version=version, key=key, value=value, changed_by=by, changed_at=at
        )
        for key, value in values.items()
    )


def as_of(case_id: int, version: int, keys: Iterable[str]) -> dict[str, object]:
    """The answers of ``keys`` as a page of that version showed them; none for what was open."""
    rows = db.session.execute(
        select(AnswerChange.key, AnswerChange.value)
        .ext(distinct_on(AnswerChange.key))
        .where(
            AnswerChange.case_id == case_id,
            AnswerChange.version <= version,
            AnswerChange.key.in_(list(keys)),
        )
        .order_by(AnswerChange.key, AnswerChange.version.desc(), AnswerChange.id.desc())
    )
    return {row.key: row.value for row in rows if row.value is not None}


def since(case_id: int, version: int) -> list[Change]:
    """The latest change of each answer after a version, with who made it, newest first."""
    rows = db.session.execute(
        select(AnswerChange.key, Account.name, AnswerChange.changed_at, AnswerChange.changed_by)
        .join(Account, Account.id == AnswerChange.changed_by)
        .where(AnswerChange.case_id == case_id, AnswerChange.version > version)
        .order_by(AnswerChange.version.desc(), AnswerChange.id.desc())
    )
    latest: dict[str, Change] = {}
    for key, who, at, by in rows:
        latest.setdefault(key, Change(key, who, at, by))
    return list(latest.values())


def told(answers: Mapping[str, Any], pack: Pack) -> Facts:
    """The facts among a case's answers; parts, and what the catalogue no longer asks, left out."""
    known = {key: value for key, value in answers.items() if key in pack.keys}
    return from_json(known, pack.facts)


def text_of(part: Part, answers: Mapping[str, Any]) -> str | None:
    """What the enterprise wrote for a part; None while it has not."""
    return answers.get(PART + part.key)


def latest_answers(place_id: int) -> Answers:
    """What the place told in its latest filing of any campaign; nothing if it never filed."""
    query = select(Case.answers).where(Case.place_id == place_id).order_by(Case.id.desc()).limit(1)
    return db.session.scalar(query) or {}


def refers_to(sha256: str) -> bool:
    """Whether any draft or submission has this file."""
    attached = select(Attachment.id).where(Attachment.sha256 == sha256)
    submitted = select(Submission.id).where(Submission.attachments.contains([{"sha256": sha256}]))
    return any(db.session.scalar(query.limit(1)) for query in (attached, submitted))


def of_place(place_id: int, actor: Actor) -> list[Case]:
    """The actor's filings of a place that are being written or corrected, newest first."""
    query = visible_to(actor).where(Case.place_id == place_id, Case.state.in_(WRITABLE))
    return list(db.session.scalars(query.order_by(Case.id.desc())))
