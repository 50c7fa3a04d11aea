"""The dated rules of risk and observation, as rows that the office adds to."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel, RiskRules
from workflow.store.db import Model, db

CODES = ARRAY(String(6))
MOST_LISTED = 100


class AreaLevelRow(Model):
    """The risk of an area in a time, on a stated basis."""

    __tablename__ = "area_levels"
    __table_args__ = (CheckConstraint("until IS NULL OR since <= until", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("health_campaigns.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    codes: Mapped[list[str]] = mapped_column(CODES)
    excepted: Mapped[list[str]] = mapped_column(CODES, default=list)
    level: Mapped[RiskLevel]
    since: Mapped[date]
    until: Mapped[date | None]
    basis: Mapped[str] = mapped_column(Text)
    enabled: Mapped[bool]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    noted_at: Mapped[datetime]


class ObservationRuleRow(Model):
    """A rule of observation in a time, on a stated basis."""

    __tablename__ = "observation_rules"
    __table_args__ = (CheckConstraint("until IS NULL OR since <= until", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("health_campaigns.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    levels: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    origin_name: Mapped[str] = mapped_column(String(80), default="")
    origin_codes: Mapped[list[str]] = mapped_column(CODES, default=list)
    origin_excepted: Mapped[list[str]] = mapped_column(CODES, default=list)
    since: Mapped[date]
    until: Mapped[date | None]
    days: Mapped[int]
    count_from: Mapped[CountFrom]
    overrides: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list)
    basis: Mapped[str] = mapped_column(Text)
    enabled: Mapped[bool]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    noted_at: Mapped[datetime]

    @property
    def risks(self) -> list[RiskLevel]:
        """The levels that it is for, from the mildest."""
        return [one for one in RiskLevel if one.value in self.levels]

    @property
    def from_next_day(self) -> bool:
        """Whether the day after the arrival is the first one."""
        return self.count_from is CountFrom.NEXT_DAY


class RiskHome(Model):
    """Where the places of a campaign are, and its threshold of fever in tenths of a degree."""

    __tablename__ = "risk_homes"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("health_campaigns.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    codes: Mapped[list[str]] = mapped_column(CODES)
    fever: Mapped[int]


def rules(campaign_id: int) -> RiskRules:
    """All rules of a campaign, as the judgement goes by them."""
    home = db.session.get_one(RiskHome, campaign_id)
    areas = select(AreaLevelRow).where(AreaLevelRow.campaign_id == campaign_id)
    observed = select(ObservationRuleRow).where(ObservationRuleRow.campaign_id == campaign_id)
    return RiskRules(
        home=Region(home.name, tuple(home.codes)),
        areas=tuple(_area(row) for row in db.session.scalars(areas.order_by(AreaLevelRow.id))),
        rules=tuple(
            _rule(row) for row in db.session.scalars(observed.order_by(ObservationRuleRow.id))
        ),
        fever=home.fever,
    )


def _area(row: AreaLevelRow) -> AreaLevel:
    region = Region(row.name, tuple(row.codes), tuple(row.excepted))
    return AreaLevel(region, row.level, row.since, row.until, row.basis, row.enabled)


def _rule(row: ObservationRuleRow) -> ObservationRule:
    origin = None
    if row.origin_codes or row.origin_excepted:
        origin = Region(row.origin_name, tuple(row.origin_codes), tuple(row.origin_excepted))
    return ObservationRule(
        row.code,
        row.since,
        row.until,
        frozenset(RiskLevel(one) for one in row.levels),
        row.days,
        row.count_from,
        row.basis,
        origin,
        frozenset(row.overrides),
        row.enabled,
    )


def begin(campaign_id: int, rules: RiskRules, at: datetime) -> None:
    """Keeps the rules that a campaign begins with."""
    home = RiskHome(
        campaign_id=campaign_id,
        name=rules.home.name,
        codes=list(rules.home.codes),
        fever=rules.fever,
    )
    db.session.add(home)
    for area in rules.areas:
        add_area(campaign_id, area, None, at)
    for rule in rules.rules:
        add_rule(campaign_id, rule, None, at)


def add_area(campaign_id: int, area: AreaLevel, by: int | None, at: datetime) -> int:
    """Adds the risk of an area; its row."""
    row = AreaLevelRow(
        campaign_id=campaign_id,
        name=area.region.name,
        codes=list(area.region.codes),
        excepted=list(area.region.excepted),
        level=area.level,
        since=area.since,
        until=area.until,
        basis=area.basis,
        enabled=area.enabled,
        noted_by=by,
        noted_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def add_rule(campaign_id: int, rule: ObservationRule, by: int | None, at: datetime) -> int:
    """Adds a rule of observation; its row."""
    row = ObservationRuleRow(
        campaign_id=campaign_id,
        code=rule.code,
        levels=sorted(one.value for one in rule.levels),
        origin_name=rule.origin.name if rule.origin else "",
        origin_codes=list(rule.origin.codes) if rule.origin else [],
        origin_excepted=list(rule.origin.excepted) if rule.origin else [],
        since=rule.since,
        until=rule.until,
        days=rule.days,
        count_from=rule.count_from,
        overrides=sorted(rule.overrides),
        basis=rule.basis,
        enabled=rule.enabled,
        noted_by=by,
        noted_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def enable(
    campaign_id: int, rows: Iterable[int], enabled: bool, by: int | None, at: datetime
) -> list[int]:
    """Lets rows about areas count, or not; those that changed."""
    changed = {"enabled": enabled, "noted_by": by, "noted_at": at}
    table = AreaLevelRow
    which = table.campaign_id == campaign_id, table.id.in_(list(rows)), table.enabled != enabled
    return list(db.session.scalars(update(table).where(*which).values(changed).returning(table.id)))


def enable_rule(
    campaign_id: int, rule_id: int, enabled: bool, by: int | None, at: datetime
) -> bool:
    """Lets a rule of observation count, or not; whether that changed anything."""
    table = ObservationRuleRow
    which = table.campaign_id == campaign_id, table.id == rule_id, table.enabled != enabled
    changed = {"enabled": enabled, "noted_by": by, "noted_at": at}
    done = db.session.scalars(update(table).where(*which).values(changed).returning(table.id))
    return done.first() is not None


def region_of(campaign_id: int, area_id: int) -> Region | None:
    """The area that a row is about; None if there is no such row."""
    row = db.session.get(AreaLevelRow, area_id)
    if row is None or row.campaign_id != campaign_id:
        return None
    return _area(row).region


def areas_like(campaign_id: int, words: str = "", *, asked: bool = False) -> list[AreaLevelRow]:
    """Rows about areas whose name holds the words, the newest first; ``asked``: those alone that
    wait to be confirmed. At most ``MOST_LISTED`` and one more.
    """
    query = select(AreaLevelRow).where(AreaLevelRow.campaign_id == campaign_id)
    if words:
        query = query.where(AreaLevelRow.name.contains(words, autoescape=True))
    if asked:
        query = query.where(AreaLevelRow.enabled.is_(False))
    order = AreaLevelRow.since.desc(), AreaLevelRow.id.desc()
    return list(db.session.scalars(query.order_by(*order).limit(MOST_LISTED + 1)))


def unconfirmed(campaign_id: int) -> int:
    """How many rows about areas, and rules, do not count before somebody confirms them."""
    return sum(
        db.session.scalar(
            select(func.count())
            .select_from(table)
            .where(table.campaign_id == campaign_id, table.enabled.is_(False))
        )
        or 0
        for table in (AreaLevelRow, ObservationRuleRow)
    )


def rule_rows(campaign_id: int) -> list[ObservationRuleRow]:
    """The rules of observation, in the order in which they begin."""
    query = select(ObservationRuleRow).where(ObservationRuleRow.campaign_id == campaign_id)
    order = ObservationRuleRow.since, ObservationRuleRow.id
    return list(db.session.scalars(query.order_by(*order)))
