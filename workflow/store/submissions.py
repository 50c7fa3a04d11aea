"""What was handed in with a case: submissions, their files, and what was found for each item."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.checklist import Verdict
from workflow.core.corrections import Handed
from workflow.store.db import Model
from workflow.store.files import StoredFile

Answers = dict[str, Any]


class Submission(Model):
    """An immutable snapshot of what was submitted (a trigger refuses any change).

    ``answers`` are the enterprise's, with the parts it wrote; ``told`` the facts that the roster
    and the town told at that moment; ``roster_seq`` the version of the roster.
    """

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    answers: Mapped[Answers] = mapped_column(JSONB)
    told: Mapped[Answers] = mapped_column(JSONB)
    roster_seq: Mapped[int | None]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    submitted_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    submitted_at: Mapped[datetime]

    checks: Mapped[list["CheckResult"]] = relationship()


class Attachment(Model):
    """A file given with a draft, for one or several requirements."""

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("case_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    name: Mapped[str] = mapped_column(String(255))
    codes: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    added_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class CheckResult(Model):
    """The verdict on one requirement of one submission."""

    __tablename__ = "check_results"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    verdict: Mapped[Verdict]
    note: Mapped[str] = mapped_column(Text, default="")
    checked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    checked_at: Mapped[datetime]


def handed(submission: Submission) -> Handed:
    """What was handed in, as far as two rounds can be compared."""
    return Handed(submission.answers, by_proof(submission.attachments), submission.roster_seq)


def by_proof(attachments: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """The digests of files by what they prove."""
    found: dict[str, frozenset[str]] = {}
    for one in attachments:
        for code in one["codes"]:
            found[code] = found.get(code, frozenset()) | {one["sha256"]}
    return found
