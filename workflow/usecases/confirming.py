"""Requirements that the roster and the registrations answer while staff are asked for health.

Their verdicts are worked out anew whenever a case is looked at and are kept, like those that
somebody ticked, in the transaction of the step that rests on them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from workflow.core.checklist import Check
from workflow.core.confirming import (
    DataCheck,
    Finding,
    Member,
    found,
    looks_inside,
    muster,
)
from workflow.core.days import day_of
from workflow.core.facts import Facts
from workflow.core.guards import CaseView
from workflow.core.judging import judge
from workflow.core.requirements import Held
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.issuing.wording import written
from workflow.store import healthcampaigns, riskrules, rosterhealth, rosters
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.rosterhealth import Names
from workflow.store.submissions import CheckResult
from workflow.usecases.health import judging

# Until it is decided; from then on counts what was kept with the decision.
OPEN = frozenset({State.SUBMITTED, State.ACCEPTED, State.INSPECTING, State.REFERRED})
FIRST_BATCH = "first_batch_count"  # the fact that tells how many come back
UNLISTED = "，还有{}名首批返岗的人不在名册上"
BY_DATA = "由登记数据得出："  # how a note begins that nobody typed
WORDS: Mapping[DataCheck, str] = {
    DataCheck.REGISTERED: "{concerned}人里{good}人已登记",
    DataCheck.OBSERVED_STAY_AWAY: "{concerned}人要观察或来自重点地区，{good}人已登记且没有违规上岗",
    DataCheck.JOURNEYS_TOLD: "{concerned}名外地返岗的人里{good}人已登记行程",
    DataCheck.LODGING_TOLD: "{concerned}名租房的人里{good}人已登记住处",
    DataCheck.CODES_SHOWN: "{concerned}名到岗的人里{good}人登记的是绿码",
}
NOBODY: Mapping[DataCheck, str] = {
    DataCheck.REGISTERED: "名册上还没有人",
    DataCheck.OBSERVED_STAY_AWAY: "没有要观察的人",
    DataCheck.JOURNEYS_TOLD: "没有外地返岗的人",
    DataCheck.LODGING_TOLD: "没有租房的人",
    DataCheck.CODES_SHOWN: "还没有人到岗",
}


def from_data(case: Case, held: Iterable[Held], facts: Facts, at: datetime) -> dict[str, Finding]:
    """What data say of a case now, by requirement; nothing while nobody is asked for their health,
    and of a filing without a roster, which people have to look at.
    """
    checks = {
        one.code: one.requirement.confirmed_by_data
        for one in held
        if one.requirement.confirmed_by_data
    }
    if not checks or case.state not in OPEN:
        return {}
    inside = any(looks_inside(check) for check in checks.values())
    people = roster(case, at, inside=inside)
    if people is None:
        return {}
    told = facts.get(FIRST_BATCH)
    returning = told if isinstance(told, int) else 0
    return {code: found(check, people, returning) for code, check in checks.items()}


def staff_words(case: Case, at: datetime) -> str:
    """The roster in numbers as of an instant, as a document states it: nobody is named, for anyone
    may verify a document. Empty while nobody is asked for their health.
    """
    people = roster(case, at, inside=False)
    if people is None or not any(one.confirmed_by_data for one in case.catalogue.pack.requirements):
        return ""
    one = muster(people)
    until = f"（最晚到{written(one.until)}）" if one.until else ""
    return (
        f"在册{one.listed}人，已登记{one.registered}人；其中可上岗{one.may_work}人，"
        f"观察中{one.observed}人{until}，先别上岗{one.held_back}人。"
    )


def checks(case: Case, view: CaseView) -> list[Check]:
    """All verdicts as they stand: those kept, and instead of them those that data give."""
    kept = {one.code: Check(one.code, one.verdict, one.note) for one in case.submission.checks}
    return list((kept | _as_checks(view)).values())


def keep(case: Case, view: CaseView, actor: Actor, at: datetime) -> None:
    """Keeps what data say with the step that rests on it, in the transaction of the caller."""
    rows = [
        {
            "submission_id": case.submission.id,
            "code": one.code,
            "verdict": one.verdict,
            "note": one.note,
            "checked_by": actor.account_id,
            "checked_at": at,
        }
        for one in _as_checks(view).values()
    ]
    if not rows:
        return
    statement = insert(CheckResult).values(rows)
    changed = {name: statement.excluded[name] for name in rows[0]}
    key = [CheckResult.submission_id, CheckResult.code]
    db.session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))
    for row in case.submission.checks:
        db.session.expire(row)
    db.session.expire(case.submission, ["checks"])


def unregistered(view: CaseView) -> frozenset[str]:
    """The requirements that fail for people who have not registered at all."""
    return frozenset(
        code
        for code, one in view.from_data.items()
        if one.check is DataCheck.REGISTERED and one.missing
    )


def words(finding: Finding) -> str:
    """What data say, as the document states it: numbers, and nobody's name."""
    table = WORDS if finding.concerned else NOBODY
    counted = {"concerned": finding.concerned, "good": finding.good}
    also = UNLISTED.format(finding.unlisted) if finding.unlisted else ""
    return f"{BY_DATA}{table[finding.check].format_map(counted)}{also}。"


def _as_checks(view: CaseView) -> dict[str, Check]:
    return {
        code: Check(code, finding.verdict, words(finding))
        for code, finding in view.from_data.items()
    }


def roster(case: Case, at: datetime, *, inside: bool) -> list[Member] | None:
    """The roster of a case as it stands; None where data can say nothing. ``inside``: with what
    registrations say.
    """
    day = day_of(at)
    campaign, seq = healthcampaigns.on(day), rosters.latest_seq(case.place_id)
    if campaign is None or seq is None:
        return None
    stop, rules = case.stop, riskrules.rules(campaign.id)
    anew = {
        line: judge(judging.record_as_of(case.place_id, line, at), day, rules)
        for line in rosterhealth.overdue(case.place_id, seq, day)
    }
    names = Names(frozenset(stop.local_names), frozenset(stop.severe_names))
    return rosterhealth.members(case.place_id, seq, names, at, day, anew, inside=inside)
