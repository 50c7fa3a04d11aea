"""The whole demo town, on top of the small one of ``demo.py``; everything goes through use cases.

Ten villages with a liaison each, sixty enterprises with eighty places of all classes, and filings
in every state. Fictitious throughout: the division 990001 does not exist, no credit code begins
with 910000, no telephone number with a zero, nobody's document is of region 990000.
"""

from collections.abc import Callable
from datetime import datetime

from workflow.jobs.demotown import entering, officers, staffhealth
from workflow.jobs.demotown.filings import Filings
from workflow.jobs.demotown.staffhealth import House
from workflow.jobs.demotown.stage import Stage, tables
from workflow.store.accounts import Digested, password_digest
from workflow.usecases.letters import Codes

__all__ = ["populate"]

# How far the filings are that somebody still has to decide (see enterprises.toml).
UNDER_WAY = frozenset(
    {"submitted", "accepted", "partly", "failed", "mended", "early", "early_referred", "handed"}
)


def populate(
    password: str,
    at: datetime,
    receipt: Callable[[], str],
    codes: Callable[[], Codes],
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Fills a database that ``demo.load`` has just made; every account has this password.

    ``receipt`` makes the number of a claim, ``codes`` those of a document; ``say`` is told what
    is being done. Always the same town for the same ``at``, but for these random numbers.
    """
    digested = Digested(password_digest(password))  # once: each would take a tenth of a second
    stage, known = Stage(at, digested, receipt, codes, say), tables()
    say("十个村、十位专员、责任田")
    officers.divide(stage)
    filings = Filings(stage)
    under_way: list[House] = []
    for done, row in enumerate(known.filing):
        if done % 10 == 0:
            say(f"企业和申报 {done}/{len(known.filing)}")
        places = entering.enter(row, stage)
        by = stage.actor(row.login)
        for place, place_id in zip(row.places, places, strict=True):
            filings.bring(row, place, place_id, by)
            if place.far in UNDER_WAY and 0 < place.listed <= staffhealth.LARGEST:
                under_way.append(House(place_id, by, place.listed))
    say("代录、登记、更名、合并、请假")
    for row in known.recorded:
        places = entering.enter_recorded(row, stage)
        for place, place_id in zip(row.places, places, strict=True):
            filings.bring(row, place, place_id, stage.office)
    for row in known.registered:
        entering.register(row, stage)
    say("员工健康登记和每日上报")
    staffhealth.tell(stage, under_way)
    entering.succeed(known.filing, stage)
    entering.knock(known.filing, stage)
    officers.note_absences(stage)
