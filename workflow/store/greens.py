"""The check-in of somebody who is well, in one statement: the fast lane of the staff's door.

It keeps what an ordinary use case would have kept, and only where that use case would have decided
nothing: the link counts, the person stands on the roster, nothing stops them, they were judged in
this campaign and no rule of it has changed since, and nobody else is telling of them at this
moment. Otherwise it does nothing at all, and whoever asks goes the ordinary way.
"""

from collections import deque
from datetime import datetime

import psycopg

from workflow.core.days import TOWN
from workflow.core.health import CheckIn

CONNECT_SECONDS = 5
# "noted_at" against the day of the judgement: a rule that came on that day may not be in it.
KEEP = """
WITH mine AS (
  SELECT link.place_id, link.line
  FROM staff_links AS link
  JOIN health_standings AS standing
    ON standing.place_id = link.place_id AND standing.line = link.line
  WHERE link.id = %(link)s AND link.revoked_at IS NULL AND link.expires_at > %(at)s
    AND standing.fitness = 'may_work'
    AND EXISTS (
      SELECT FROM engagements
      WHERE engagements.place_id = link.place_id AND engagements.line = link.line
        AND engagements.until_seq IS NULL)
    AND EXISTS (
      SELECT FROM health_campaigns AS campaign
      JOIN risk_homes AS home ON home.campaign_id = campaign.id
      WHERE campaign.starts_on <= %(day)s AND campaign.ends_on >= %(day)s
        AND home.fever > %(temperature)s AND standing.judged_on >= campaign.starts_on
        AND NOT EXISTS (
          SELECT FROM area_levels AS area WHERE area.campaign_id = campaign.id
          AND area.noted_at >= standing.judged_on::timestamp AT TIME ZONE %(zone)s)
        AND NOT EXISTS (
          SELECT FROM observation_rules AS rule WHERE rule.campaign_id = campaign.id
          AND rule.noted_at >= standing.judged_on::timestamp AT TIME ZONE %(zone)s))
    AND pg_try_advisory_xact_lock(link.place_id, link.line)
), kept AS (
  INSERT INTO check_ins
    (day, place_id, line, half, seq, unwell, temperature, told_by, told_at)
  SELECT %(day)s, place_id, line, %(half)s, 0, FALSE, %(temperature)s, 'self', %(at)s FROM mine
  ON CONFLICT DO NOTHING
  RETURNING place_id
)
INSERT INTO check_in_counts AS counts (day, place_id, half, told, unwell, absent)
SELECT %(day)s, place_id, %(half)s, 1, 0, 0 FROM kept
ON CONFLICT (day, place_id, half) DO UPDATE SET told = counts.told + 1
"""


class Greens:
    """Keeps green check-ins over connections of its own, as many as threads ask at once."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://")
        self._idle: deque[psycopg.Cursor[tuple[object, ...]]] = deque()

    def keep(self, link_id: int, told: CheckIn, at: datetime) -> bool:
        """Whether it was kept; if not, or if that is not clear, the ordinary way decides: told
        again, it counts once.
        """
        values = {
            "link": link_id,
            "day": told.day,
            "half": told.half.value,
            "temperature": told.temperature,
            "at": at,
            "zone": TOWN.key,
        }
        cursor = None
        try:
            cursor = self._taken()
            cursor.execute(KEEP, values, prepare=True)
            kept = cursor.rowcount == 1
        except psycopg.Error:
            if cursor is not None:
                cursor.connection.close()
            return False
        self._idle.append(cursor)
        return kept

    def close(self) -> None:
        """Closes what is idle; the next check-in connects anew."""
        while self._idle:
            self._idle.pop().connection.close()

    def _taken(self) -> psycopg.Cursor[tuple[object, ...]]:
        try:
            return self._idle.pop()
        except IndexError:
            connection = psycopg.connect(
                self._url, autocommit=True, connect_timeout=CONNECT_SECONDS
            )
            return connection.cursor()
