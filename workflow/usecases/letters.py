"""Official documents (文书) of a case: numbered without a gap, frozen, released to be signed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.core.checklist import Check, Verdict
from workflow.core.codes import document_number, grouped
from workflow.core.days import TOWN, day_of
from workflow.core.letters import LetterKind
from workflow.core.requirements import Held, Severity
from workflow.core.visits import Mode
from workflow.issuing import wording
from workflow.issuing.content import ChecklistLine, DocumentContent
from workflow.issuing.wording import Heading
from workflow.store import documents, outbox
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.documents import Document
from workflow.store.inspections import Inspection
from workflow.store.submissions import CheckResult
from workflow.store.towns import Town, this_town
from workflow.usecases import confirming

VERDICT_WORDS = {Verdict.PASS: "合格", Verdict.FAIL: "不合格", Verdict.NOT_APPLICABLE: "不涉及"}
MODE_WORDS = {Mode.VISIT: "现场", Mode.VIDEO: "视频"}
ISSUE = "issue_notice"


@dataclass(frozen=True, slots=True)
class Codes:
    """What a new document is found by; made outside, since randomness is passed in.

    ``verify_url`` is the address its QR carries and ends in ``token``.
    """

    token: str
    typed_code: str
    verify_url: str


Checks = Sequence[Check | CheckResult]
NewCodes = Callable[[], Codes]
Compose = Callable[[Heading], DocumentContent]


def heading(case: Case, town: Town, number: str, issued_on: date, codes: Codes) -> Heading:
    """What every document of a case begins and ends with."""
    return Heading(
        issuer=town.issuer,
        number=number,
        addressee=case.place.enterprise.name,
        place=case.place.name,
        address=case.place.address,
        campaign=case.catalogue.pack.name,
        filing=case.kind.name,
        filing_number=str(case.filing_number),
        issued_on=issued_on,
        document_id=codes.token,
        verify_url=codes.verify_url,
        typed_code=grouped(codes.typed_code),
        mark=town.mark or None,
        contact=town.phone,
    )


def write(
    case: Case,
    kind: LetterKind,
    compose: Compose,
    at: datetime,
    codes: Codes,
    *,
    hold: bool = False,
) -> Document:
    """Adds a document in the transaction of its fact; it is signed unless it is to be held until
    somebody releases it.
    """
    town, issued_on = this_town(), day_of(at)
    series = town.series(kind)
    number = documents.next_number(series, issued_on.year)
    full = document_number(series, issued_on.year, number)
    document = Document(
        case_id=case.id,
        kind=kind,
        agency=series,
        year=issued_on.year,
        number=number,
        token=codes.token,
        typed_code=codes.typed_code,
        issued_on=issued_on,
        content=compose(heading(case, town, full, issued_on, codes)).to_json(),
        created_at=at,
    )
    db.session.add(document)
    db.session.flush()
    if not hold:
        release(document, at, None)
    return document


def release(document: Document, at: datetime, by: int | None) -> None:
    """Lets a document be signed: the job is part of the same transaction."""
    document.released_at, document.released_by = at, by
    db.session.flush()
    outbox.add(ISSUE, document_id=document.id)


def lines(held: tuple[Held, ...], checks: Checks) -> tuple[ChecklistLine, ...]:
    """The items that have a verdict, in the catalogue's order."""
    found = {check.code: check for check in checks}
    return tuple(
        ChecklistLine(
            code=one.code,
            group=one.requirement.group,
            text=one.requirement.text,
            result=VERDICT_WORDS[found[one.code].verdict],
            note=found[one.code].note,
        )
        for one in held
        if one.code in found
    )


def to_mend(held: tuple[Held, ...], checks: Checks, *, vetoes: bool) -> tuple[str, ...]:
    """The failed requirements in words; those that block approval only if asked for.

    Without the officer's notes: conditions are shown to anyone who verifies the document.
    """
    failed = {check.code for check in checks if check.verdict is Verdict.FAIL}
    return tuple(
        one.requirement.text
        for one in held
        if one.code in failed and (vetoes or one.severity is not Severity.VETO)
    )


def record_of(
    case: Case, inspection: Inspection, held: tuple[Held, ...], opinion: str, mend_by: date | None
) -> Compose:
    """现场核查记录 of an inspection that has ended."""
    checks = case.submission.checks
    ended = inspection.ended_at
    assert ended is not None, "an inspection is recorded once it has ended"
    staff = confirming.staff_words(case, ended)

    def compose(head: Heading) -> DocumentContent:
        return wording.inspection_record(
            head,
            mode=MODE_WORDS[inspection.mode],
            where=inspection.where,
            began=inspection.began_at.astimezone(TOWN),
            ended=ended.astimezone(TOWN),
            inspector=inspection.inspector.name,
            others=tuple(one for one in inspection.others.split("、") if one),
            lines=lines(held, checks),
            photos=len(inspection.photos),
            opinion=opinion,
            to_mend=to_mend(held, checks, vetoes=True),
            mend_by=mend_by,
            staff=staff,
        )

    return compose
