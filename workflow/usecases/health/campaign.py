"""Switches the staff's door on, with its legal basis and its days, and off again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from workflow.core.days import day_of
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.risk import AreaLevel, ObservationRule, RiskRules
from workflow.core.roles import Actor, office_only
from workflow.store import healthcampaigns, riskrules
from workflow.store.db import transaction
from workflow.store.healthcampaigns import HealthCampaign
from workflow.store.towns import Stop
from workflow.usecases.health import rejudging


def open_campaign(
    stop_id: int,
    basis: str,
    days: tuple[date, date],
    kept_days: int,
    rules: RiskRules,
    actor: Actor,
    at: datetime,
) -> int:
    """Begins to ask staff for their health, from the first of ``days`` to the last; its id.

    ``rules`` are what it begins with; the office adds to them. Refused without a basis, and while
    another one is on in those days.
    """
    office_only(actor)
    starts_on, ends_on = days
    with transaction() as session:
        if not basis.strip():
            raise Refused(Refusal(Reason.BASIS_NEEDED))
        if ends_on < starts_on:
            raise Refused(Refusal(Reason.DAYS_REVERSED))
        if ends_on < day_of(at):
            raise Refused(Refusal(Reason.DAYS_PAST))
        if healthcampaigns.in_days(starts_on, ends_on, lock=True):
            raise Refused(Refusal(Reason.CAMPAIGN_ON))
        session.get_one(Stop, stop_id)
        campaign = HealthCampaign(
            stop_id=stop_id,
            basis=basis.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
            kept_days=kept_days,
            opened_by=actor.account_id,
            opened_at=at,
        )
        session.add(campaign)
        session.flush()
        riskrules.begin(campaign.id, rules, at)
        rejudging.begin(at)  # where it is on already; a job asks for it on a later first day
        return campaign.id


def end_campaign(campaign_id: int, actor: Actor, at: datetime) -> None:
    """Ends it with today: from tomorrow on nobody is asked, and the time to deletion runs."""
    office_only(actor)
    with transaction() as session:
        campaign = session.get_one(HealthCampaign, campaign_id)
        if campaign.ends_on > day_of(at):
            campaign.ends_on = max(campaign.starts_on, day_of(at))


def note_area(campaign_id: int, area: AreaLevel, actor: Actor, at: datetime) -> int:
    """Adds the risk of an area in a time; the office says on what basis. Whoever was there is
    judged anew, in a job.
    """
    office_only(actor)
    with transaction():
        _under_way(campaign_id, at)
        if not area.basis.strip():
            raise Refused(Refusal(Reason.BASIS_NEEDED))
        area_id = riskrules.add_area(campaign_id, area, actor.account_id, at)
        rejudging.start(campaign_id, area_id)
        return area_id


def note_rule(campaign_id: int, rule: ObservationRule, actor: Actor, at: datetime) -> int:
    """Adds a rule of observation; the office says on what basis. Whoever was away is judged anew.

    Refused where another rule has its code.
    """
    office_only(actor)
    with transaction():
        _under_way(campaign_id, at)
        if not rule.basis.strip():
            raise Refused(Refusal(Reason.BASIS_NEEDED))
        if rule.code in {one.code for one in riskrules.rule_rows(campaign_id)}:
            raise Refused(Refusal(Reason.NAME_TAKEN, (rule.code,)))
        rule_id = riskrules.add_rule(campaign_id, rule, actor.account_id, at)
        rejudging.start(campaign_id)
        return rule_id


def set_enabled(
    campaign_id: int, rows: Iterable[int], enabled: bool, actor: Actor, at: datetime
) -> int:
    """Confirms examples of areas, or takes them out of use; how many. Nothing is deleted."""
    office_only(actor)
    with transaction():
        _under_way(campaign_id, at)
        changed = riskrules.enable(campaign_id, rows, enabled, actor.account_id, at)
        if len(changed) > 1:
            rejudging.start(campaign_id)
        elif changed:
            rejudging.start(campaign_id, changed[0])
        return len(changed)


def set_rule_enabled(
    campaign_id: int, rule_id: int, enabled: bool, actor: Actor, at: datetime
) -> None:
    """Confirms a rule of observation, or takes it out of use."""
    office_only(actor)
    with transaction():
        _under_way(campaign_id, at)
        if riskrules.enable_rule(campaign_id, rule_id, enabled, actor.account_id, at):
            rejudging.start(campaign_id)


def rules_on(day: date) -> RiskRules:
    """The rules of the campaign of a day. Raises ``NotFound`` where there is none."""
    return riskrules.rules(healthcampaigns.needed(day).id)


def usual_rules() -> RiskRules | None:
    """What the last campaign ended with (本镇常用): its rules as they stood, its areas as examples
    to be confirmed, for their levels are of then. None where there was none.
    """
    last = next(iter(healthcampaigns.every()), None)
    if last is None:
        return None
    rules = riskrules.rules(last.id)
    return replace(rules, areas=tuple(replace(one, enabled=False) for one in rules.areas))


def _under_way(campaign_id: int, at: datetime) -> None:
    """Rules change while they are judged by. Raises ``NotFound``."""
    if healthcampaigns.get(campaign_id).ends_on < day_of(at):
        raise NotFound(campaign_id)
