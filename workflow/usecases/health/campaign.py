"""Switches the staff's door on, with its legal basis and its days, and off again."""

from collections.abc import Iterable
from datetime import date, datetime

from workflow.core.days import day_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.risk import AreaLevel, ObservationRule, RiskRules
from workflow.core.roles import Actor, office_only
from workflow.store import healthcampaigns, riskrules
from workflow.store.db import transaction
from workflow.store.healthcampaigns import HealthCampaign
from workflow.store.towns import Stop


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
        return campaign.id


def end_campaign(campaign_id: int, actor: Actor, at: datetime) -> None:
    """Ends it with today: from tomorrow on nobody is asked, and the time to deletion runs."""
    office_only(actor)
    with transaction() as session:
        campaign = session.get_one(HealthCampaign, campaign_id)
        if campaign.ends_on > day_of(at):
            campaign.ends_on = max(campaign.starts_on, day_of(at))


def note_area(campaign_id: int, area: AreaLevel, actor: Actor, at: datetime) -> int:
    """Adds the risk of an area in a time; the office says on what basis."""
    office_only(actor)
    with transaction():
        if not area.basis.strip():
            raise Refused(Refusal(Reason.BASIS_NEEDED))
        return riskrules.add_area(campaign_id, area, actor.account_id, at)


def note_rule(campaign_id: int, rule: ObservationRule, actor: Actor, at: datetime) -> int:
    """Adds a rule of observation; the office says on what basis."""
    office_only(actor)
    with transaction():
        if not rule.basis.strip():
            raise Refused(Refusal(Reason.BASIS_NEEDED))
        return riskrules.add_rule(campaign_id, rule, actor.account_id, at)


def set_enabled(rows: Iterable[int], enabled: bool, actor: Actor, at: datetime) -> None:
    """Confirms examples of areas, or takes them out of use; nothing is deleted."""
    office_only(actor)
    with transaction():
        riskrules.enable(rows, enabled, actor.account_id, at)


def rules_on(day: date) -> RiskRules:
    """The rules of the campaign of a day. Raises ``NotFound`` where there is none."""
    return riskrules.rules(healthcampaigns.needed(day).id)
