"""What a notice says: the town's words, filled from the submission and the checklist."""

from datetime import datetime

from workflow.core.facts import Facts
from workflow.core.guards import CaseView
from workflow.core.packs import Pack
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.issuing import wording
from workflow.issuing.content import DocumentContent
from workflow.issuing.wording import Heading
from workflow.store import documents
from workflow.store.cases import Case
from workflow.usecases import confirming, letters
from workflow.usecases.letters import Compose
from workflow.usecases.views import PLANNED, submitted_facts


def notice_of(case: Case, view: CaseView, further: str, at: datetime) -> Compose:
    """The notice of a case with a verdict on every requirement, as of an instant. ``further``:
    conditions of the one who approves, a line each.
    """
    pack, facts = case.catalogue.pack, submitted_facts(case)
    notice = pack.notice
    if notice is None:
        raise Refused(Refusal(Reason.DECIDED_ELSEWHERE, (pack.name,)))
    words, held, checks = _words(pack, facts), view.held, confirming.checks(case, view)
    staff = confirming.staff_words(case, at)
    mending = letters.to_mend(held, checks, vetoes=False)

    def compose(head: Heading) -> DocumentContent:
        return wording.notice(
            head,
            title=notice.title,
            body=tuple(line.format_map(words) for line in notice.body),
            conditions=(
                *(line.format_map(words) for line in notice.conditions),
                *(line.strip() for line in further.splitlines() if line.strip()),
                *(f"改好“{text}”，并请企业专员复查。" for text in mending),
            ),
            basis=(),
            lines=letters.lines(held, checks),
            staff=staff,
            replaces=_replaced(case),
        )

    return compose


def _words(pack: Pack, facts: Facts) -> dict[str, object]:
    return {
        "planned": pack.fact(PLANNED).words(facts[PLANNED]),
        "first_batch": facts.get("first_batch_count", ""),
    }


def _replaced(case: Case) -> str | None:
    """The number of the notice that this one takes the place of."""
    earlier = documents.of_case(case.replaces_id) if case.replaces_id else None
    return earlier.full_number if earlier and not earlier.voided_at else None
