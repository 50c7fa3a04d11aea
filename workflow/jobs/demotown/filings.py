"""Filings of the demo town, in every state a filing can have so far."""

from datetime import UTC, datetime, time, timedelta

from workflow.core.days import TOWN
from workflow.core.filings import Section
from workflow.core.roles import Actor
from workflow.core.rostering import Mode as Import
from workflow.jobs.demotown.answering import answers
from workflow.jobs.demotown.deciding import INTERVAL, Deciding, Filing
from workflow.jobs.demotown.lists import staff
from workflow.jobs.demotown.stage import EnterpriseRow, PlaceRow, Stage, picture
from workflow.store import rosters, towns
from workflow.store.cases import Case
from workflow.usecases import filing, recording, rostering, submitting
from workflow.usecases.views import SCAN, draft_facts

ORDINARY, EARLY = "ep_reopen", "ep_early"
# The days before the town is loaded on which people filed, from half past eight at intervals.
DAYS, A_DAY, MORNING = 2, 24, time(8, 30, tzinfo=TOWN)
PAPERS, PROOF = "复工材料（样例）.png", "必需类别证明（样例）.png"
BEGUN_SECTIONS = 2


class Filings:
    """Brings every filing as far as its table says. They are spread over the last two days."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._stop = towns.open_stops()[0]
        self._listed = 0  # people put on a roster so far: each has a number of their own
        self._filed = 0
        self._deciding = Deciding(stage)

    def bring(self, row: EnterpriseRow, place: PlaceRow, place_id: int, by: Actor) -> None:
        """A place's roster and filing, as far as the table says."""
        at = self._time()
        if place.listed:
            self._list(place, place_id, by, at)
        if not place.far:
            return
        self._filed += 1
        kind = EARLY if place.far.startswith("early") else ORDINARY
        if place.far.startswith("record"):
            case_id = recording.open_recorded(place_id, self._stop.id, by, at)
            scan = picture("paper_filing")
            filing.attach(case_id, "纸质申报.png", scan, frozenset({SCAN}), by, at)
        else:
            case_id = filing.open_case(place_id, self._stop.id, kind, by, at)
        self._fill(Filing(case_id, row, place, by, at))

    def _time(self) -> datetime:
        """When the next one files, by day and before today."""
        before, turn = divmod(self._filed, A_DAY)
        day = self._stage.today - timedelta(days=DAYS - min(before, DAYS - 1))
        return (datetime.combine(day, MORNING) + turn * INTERVAL).astimezone(UTC)

    def _list(self, place: PlaceRow, place_id: int, by: Actor, at: datetime) -> None:
        text = staff(self._listed, place.listed, place.place_class)
        self._listed += place.listed
        import_id = rostering.start_import(place_id, "", text, by, at)
        seen = rosters.latest_seq(place_id)
        rostering.take_import(place_id, import_id, Import.WHOLE, seen, by, at)

    def _fill(self, one: Filing) -> None:
        far = one.place.far
        if far in {"begun", "early_begun", "recording"}:
            self._answer(one, BEGUN_SECTIONS)
            return
        self._answer(one)
        if far == "answered":
            return
        self._complete(one)
        if far == "ready":
            return
        submitting.submit(one.case_id, one.case.version, one.by, one.at)
        self._deciding.bring(one)

    def _answer(self, one: Filing, sections: int = 99) -> None:
        """Answers the first sections, each for itself as a clerk would, until nothing is asked."""
        case = one.case
        opens = case.stop.opens_on(case.place)
        known = answers(one.row, one.place, self._stage.today, opens, case.kind.early)
        version = case.version
        for section in case.kind.sections[:sections]:
            while asked := _open(case, section):  # an answer may bring a further question
                given = {key: known[key] for key in asked}
                saved = filing.save_answers(one.case_id, given, version, one.by, one.at)
                version = saved.version

    def _complete(self, one: Filing) -> None:
        """Writes the parts from their model texts, and gives the files."""
        case, town = one.case, towns.this_town()
        pack, kind, facts = case.catalogue.pack, case.kind, draft_facts(case)
        words = dict(pack.words or {}) | {
            "enterprise_name": one.row.name,
            "legal_rep": one.row.owner,
            "contact_name": one.row.owner,
            "contact_mobile": one.row.mobile,
            "town_phone": town.phone,
            "clinic_phone": town.clinic_phone,
        }
        version = case.version
        for part in pack.parts(kind, facts):
            text = part.draft(pack.completed(facts), words)
            saved = filing.save_part(one.case_id, part.key, text, version, one.by, one.at)
            version = saved.version
        lacking = frozenset(material.key for material in pack.lacking(kind, facts, ()))
        for name, keys in (
            ("papers", lacking - {"essential_proof"}),
            ("proof", lacking & {"essential_proof"}),
        ):
            if keys:
                shown = PROOF if name == "proof" else PAPERS
                filing.attach(one.case_id, shown, picture(name), keys, one.by, one.at)


def _open(case: Case, section: Section) -> list[str]:
    """The questions of a section that have no answer yet."""
    facts = draft_facts(case)
    asked = case.catalogue.pack.asked(section, facts)
    return [fact.key for fact in asked if fact.key not in facts]
