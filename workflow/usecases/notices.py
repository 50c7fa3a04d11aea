"""What a notice says: the town's words, filled from the submission and the checklist."""

from dataclasses import dataclass
from datetime import date

from workflow.core.checklist import Verdict
from workflow.core.codes import grouped
from workflow.core.facts import Facts
from workflow.core.packs import Pack
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.requirements import Held, Severity
from workflow.issuing.content import ChecklistLine, NoticeContent
from workflow.store.cases import Case, CheckResult
from workflow.store.towns import Town
from workflow.usecases.views import submitted_facts

VERDICT_WORDS = {Verdict.PASS: "合格", Verdict.FAIL: "不合格", Verdict.NOT_APPLICABLE: "不涉及"}


@dataclass(frozen=True, slots=True)
class Codes:
    """What a new document is found by; made outside, since randomness is passed in.

    ``verify_url`` is the address its QR carries and ends in ``token``.
    """

    token: str
    typed_code: str
    verify_url: str


def notice_content(
    case: Case, town: Town, number: str, issued_on: date, codes: Codes
) -> NoticeContent:
    """The frozen input of the page. The case must have a verdict on every requirement."""
    pack, facts = case.catalogue.pack, submitted_facts(case)
    notice = pack.notice
    if notice is None:
        raise Refused(Refusal(Reason.DECIDED_ELSEWHERE, (pack.name,)))
    words = _words(pack, facts)
    checks = {check.code: check for check in case.submission.checks}
    held = pack.held(facts)
    conditions = tuple(line.format_map(words) for line in notice.conditions)
    return NoticeContent(
        issuer=town.issuer,
        number=number,
        title=notice.title,
        addressee=case.place.enterprise.name,
        place=case.place.name,
        address=case.place.address,
        campaign=pack.name,
        filing=case.kind.name,
        acceptance_number=str(case.acceptance_number),
        basis=(),
        body=tuple(line.format_map(words) for line in notice.body),
        conditions=conditions + _to_mend(held, checks),
        checklist=tuple(_line(one, checks[one.code]) for one in held),
        issued_on=issued_on,
        document_id=codes.token,
        verify_url=codes.verify_url,
        typed_code=grouped(codes.typed_code),
        mark=town.mark or None,
        contact=town.phone,
    )


def _words(pack: Pack, facts: Facts) -> dict[str, object]:
    planned = "planned_reopen_date"
    return {
        "planned": pack.fact(planned).words(facts[planned]),
        "first_batch": facts.get("first_batch_count", ""),
    }


def _to_mend(held: tuple[Held, ...], checks: dict[str, CheckResult]) -> tuple[str, ...]:
    """A failed requirement that does not block becomes a condition.

    Without the officer's note: conditions are shown to anyone who verifies the document.
    """
    return tuple(
        f"改好“{one.requirement.text}”，并请企业专员复查。"
        for one in held
        if checks[one.code].verdict is Verdict.FAIL and one.severity is not Severity.VETO
    )


def _line(held: Held, check: CheckResult) -> ChecklistLine:
    return ChecklistLine(
        code=held.code,
        group=held.requirement.group,
        text=held.requirement.text,
        result=VERDICT_WORDS[check.verdict],
        note=check.note,
    )
