"""What the guards are shown of a case: gathered from the store, plain values only."""

from datetime import date, datetime

from workflow.core.days import earliest_day
from workflow.core.facts import CLASS, Facts, from_json
from workflow.core.packs import contradictions
from workflow.core.requirements import PAPERS, Held
from workflow.core.transitions import CaseView
from workflow.store.cases import Case


def draft_view(case: Case, at: datetime) -> CaseView:
    """A case as its enterprise would submit it now."""
    pack, facts = case.catalogue.pack, case.facts
    held = pack.held(facts)
    planned = facts.get("planned_reopen_date")
    return CaseView(
        state=case.state,
        enterprise_id=case.enterprise_id,
        field_id=case.field_id,
        missing_facts=pack.missing(facts),
        contradictions=contradictions(facts),
        missing_evidence=without_papers(held, case),
        planned=planned if isinstance(planned, date) else None,
        earliest=earliest_day(at, pack.filing.lead_days),
        held=held,
    )


def review_view(case: Case, *, document_stored: bool = False) -> CaseView:
    """A case as its officers judge it: by the submission in force, not by the draft."""
    return CaseView(
        state=case.state,
        enterprise_id=case.enterprise_id,
        field_id=case.field_id,
        held=case.catalogue.pack.held(submitted_facts(case)),
        verdicts={check.code: check.verdict for check in case.submission.checks},
        document_stored=document_stored,
    )


def submitted_facts(case: Case) -> Facts:
    """The facts of the submission in force."""
    told = case.submission.answers | {CLASS: case.place.place_class}
    return from_json(told, case.catalogue.pack.facts)


def without_papers(held: tuple[Held, ...], case: Case) -> tuple[str, ...]:
    """Codes of requirements that are proved by a paper nobody has attached yet."""
    given = {code for attachment in case.attachments for code in attachment.codes}
    needed = (one.code for one in held if one.certain and one.requirement.evidence in PAPERS)
    return tuple(code for code in needed if code not in given)
