"""Staff health in numbers of a day: by place for whoever answers for it, by field and class for the
office and the command. No names; the numbers come from aggregates and partial indexes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, text

from workflow.core.days import TOWN
from workflow.store.db import db

PAGE = 20
NOTHING = (-1, 0)  # before the first place of the first rank
_ON_ROSTER = """EXISTS (SELECT 1 FROM engagements g
  WHERE g.place_id = h.place_id AND g.line = h.line AND g.until_seq IS NULL)"""
# People who stand on the roster now and may not simply work.
_NOT_FREE = (
    """count(*) FILTER (WHERE fitness = 'observe' AND until >= :day) AS observed,
  count(*) FILTER (WHERE fitness = 'ask' OR fitness = 'observe' AND until < :day) AS asked,
  count(*) FILTER (WHERE fitness = 'stop') AS stopped
 FROM health_standings h WHERE fitness <> 'may_work' AND """
    + _ON_ROSTER
)
_DAY = """
 LEFT JOIN LATERAL (SELECT total FROM roster_versions WHERE place_id = p.id
   ORDER BY seq DESC LIMIT 1) v ON true
 LEFT JOIN check_in_counts m ON m.day = :day AND m.place_id = p.id AND m.half = 'morning'
 LEFT JOIN check_in_counts n ON n.day = :day AND n.place_id = p.id AND n.half = 'afternoon'
 LEFT JOIN day_reports r ON r.day = :day AND r.place_id = p.id
 LEFT JOIN left_today l ON l.place_id = p.id
"""
# Who told of being unwell, still stands on the roster and was not released since; asked only where
# anybody told so.
_UNWELL = """CASE WHEN coalesce({of}.unwell, 0) = 0 THEN 0 ELSE (SELECT count(DISTINCT c.line)
  FROM check_ins c WHERE c.day = :day AND c.place_id = p.id AND c.half = '{half}' AND c.unwell
  AND EXISTS (SELECT 1 FROM engagements e
   WHERE e.place_id = c.place_id AND e.line = c.line AND e.until_seq IS NULL)
  AND NOT EXISTS (SELECT 1 FROM health_releases l WHERE l.place_id = c.place_id
   AND l.line = c.line AND l.at >= c.told_at)) END"""
_MORNING_UNWELL = _UNWELL.format(of="m", half="morning")
_AFTERNOON_UNWELL = _UNWELL.format(of="n", half="afternoon")
# Who told today and has left the roster since: the counts of the day hold them all the same.
_LEFT = """left_today AS (
 SELECT c.place_id,
  count(DISTINCT c.line) FILTER (WHERE c.half = 'morning') AS morning,
  count(DISTINCT c.line) FILTER (WHERE c.half = 'afternoon') AS afternoon
 FROM roster_versions v JOIN engagements g ON g.place_id = v.place_id AND g.until_seq = v.seq
 JOIN check_ins c ON c.day = :day AND c.place_id = g.place_id AND c.line = g.line
 WHERE v.made_at >= CAST(:day AS timestamp) AT TIME ZONE :zone AND NOT EXISTS (
  SELECT 1 FROM engagements e
  WHERE e.place_id = g.place_id AND e.line = g.line AND e.until_seq IS NULL)
 GROUP BY c.place_id
)"""
_MORNING = "(coalesce(m.told, 0) - coalesce(l.morning, 0))"
_AFTERNOON = "(coalesce(n.told, 0) - coalesce(l.afternoon, 0))"
_PLACES = f"""
WITH {_LEFT}, mine AS (
 SELECT p.id, e.name AS enterprise, p.name, coalesce(v.total, 0) AS total,
  {_MORNING} AS morning, {_MORNING_UNWELL} AS morning_unwell,
  {_AFTERNOON} AS afternoon, {_AFTERNOON_UNWELL} AS afternoon_unwell,
  a.reds, a.call_backs, s.observed, s.asked, s.stopped, r.day IS NOT NULL AS reported,
  coalesce(r.nobody_worked, false) AS nobody_worked, coalesce(r.unwell, 0) AS reported_unwell,
  coalesce(r.expected, 0) AS reported_expected, coalesce(r.told, 0) AS reported_told
 FROM places p JOIN enterprises e ON e.id = p.enterprise_id {_DAY}
 CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE kind = 'red') AS reds,
   count(*) FILTER (WHERE kind = 'call_back') AS call_backs FROM health_alerts
   WHERE place_id = p.id AND settled_at IS NULL) a
 CROSS JOIN LATERAL (SELECT {_NOT_FREE} AND h.place_id = p.id) s
 WHERE {{which}}
), ranked AS (
 SELECT mine.*, CASE WHEN reds + stopped > 0 THEN 0
  WHEN morning_unwell + afternoon_unwell + observed + asked + call_backs > 0 THEN 1
  WHEN total > 0 AND NOT reported THEN 2 ELSE 3 END AS rank FROM mine
), page AS (
 SELECT * FROM ranked WHERE (rank, id) > (:rank, :after) ORDER BY rank, id LIMIT :most
)
SELECT page.*, (SELECT count(*) FROM health_standings h WHERE h.place_id = page.id
  AND h.registered_at >= (SELECT CAST(starts_on AS timestamp) AT TIME ZONE :zone
   FROM health_campaigns WHERE starts_on <= :day AND ends_on >= :day ORDER BY id DESC LIMIT 1)
  AND {_ON_ROSTER}) AS registered
 FROM page ORDER BY rank, id
"""  # noqa: S608 - put together from constants of this file
_IN_FIELDS = text(_PLACES.format(which="p.field_id IN :fields")).bindparams(
    bindparam("fields", expanding=True)
)
_ONE = text(_PLACES.format(which="p.id = :place"))
_TOWN = text(f"""
WITH {_LEFT}
SELECT f.name AS field, p.place_class, count(*) FILTER (WHERE v.total > 0) AS places,
  sum(coalesce(v.total, 0))::int AS people, sum({_MORNING})::int AS morning,
  sum({_AFTERNOON})::int AS afternoon, sum({_MORNING_UNWELL})::int AS morning_unwell,
  sum({_AFTERNOON_UNWELL})::int AS afternoon_unwell, sum(coalesce(s.observed, 0))::int AS observed,
 sum(coalesce(s.stopped, 0))::int AS stopped, sum(coalesce(s.asked, 0))::int AS asked,
 count(*) FILTER (WHERE v.total > 0 AND r.day IS NULL) AS unreported,
 sum(greatest(coalesce(v.total, 0) - {_MORNING}, 0))::int AS morning_missing,
 sum(greatest(coalesce(v.total, 0) - {_AFTERNOON}, 0))::int AS afternoon_missing
FROM places p JOIN fields f ON f.id = p.field_id {_DAY}
 CROSS JOIN LATERAL (SELECT {_NOT_FREE} AND h.place_id = p.id) s
GROUP BY f.name, p.place_class ORDER BY f.name, p.place_class
""")  # noqa: S608 - put together from constants of this file
_AGES = text("""
SELECT count(*) FILTER (WHERE raised_at > :hour) AS fresh,
 count(*) FILTER (WHERE raised_at <= :hour AND raised_at > :day) AS today,
 count(*) FILTER (WHERE raised_at <= :day AND raised_at > :two) AS older,
 count(*) FILTER (WHERE raised_at <= :two) AS old
FROM health_alerts WHERE settled_at IS NULL AND kind = 'red'
""")


@dataclass(frozen=True, slots=True)
class PlaceDay:
    """A place on a day. ``asked``: somebody must find out; ``reds``: alerts nobody has settled;
    ``call_backs``: tellings through the poster that the enterprise is to ask about.
    """

    id: int
    enterprise: str
    name: str
    total: int
    morning: int
    morning_unwell: int
    afternoon: int
    afternoon_unwell: int
    reds: int
    call_backs: int
    observed: int
    asked: int
    stopped: int
    reported: bool
    nobody_worked: bool
    reported_unwell: int
    reported_expected: int
    reported_told: int
    rank: int
    registered: int

    @property
    def unregistered(self) -> int:
        return max(self.total - self.registered, 0)

    @property
    def quiet(self) -> bool:
        """Whether there is nothing that somebody would have to look at."""
        troubled = self.morning_unwell + self.afternoon_unwell + self.stopped
        troubled += self.reds + self.call_backs  # also of people who have left
        waiting = self.observed + self.asked + self.unregistered + self.reported_unwell
        return self.total > 0 and troubled + waiting == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Places on a day. ``…_missing``: people of whom nothing was told."""

    places: int
    people: int
    morning: int
    afternoon: int
    morning_unwell: int
    afternoon_unwell: int
    observed: int
    stopped: int
    asked: int
    unreported: int
    morning_missing: int
    afternoon_missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Sums):
    """A class of places in a field."""

    field: str
    place_class: str


@dataclass(frozen=True, slots=True)
class Ages:
    """Red alerts that nobody has settled: raised within an hour, a day, two days, before."""

    fresh: int
    today: int
    older: int
    old: int


def of_fields(
    fields: Collection[int], day: date, after: tuple[int, int] = NOTHING, limit: int = PAGE
) -> list[PlaceDay]:
    """The places of these fields, those where something is the matter first; ``after``: rank and
    id of the last one seen.
    """
    if not fields:
        return []
    asked = {"fields": sorted(fields), "day": day, "most": limit, "zone": TOWN.key}
    rows = db.session.execute(_IN_FIELDS, asked | {"rank": after[0], "after": after[1]})
    return [PlaceDay(**row._mapping) for row in rows]


def of_place(place_id: int, day: date) -> PlaceDay:
    """One place; the caller has made sure that the actor may see it."""
    asked = {"place": place_id, "day": day, "most": 1, "zone": TOWN.key}
    asked |= {"rank": NOTHING[0], "after": NOTHING[1]}
    return PlaceDay(**db.session.execute(_ONE, asked).one()._mapping)


def of_town(day: date) -> list[Counted]:
    """The whole town by field and class."""
    return [
        Counted(**row._mapping) for row in db.session.execute(_TOWN, {"day": day, "zone": TOWN.key})
    ]


def alert_ages(at: datetime) -> Ages:
    """How long red alerts have been waiting."""
    ago = {"hour": timedelta(hours=1), "day": timedelta(days=1), "two": timedelta(days=2)}
    row = db.session.execute(_AGES, {name: at - since for name, since in ago.items()}).one()
    return Ages(**row._mapping)
