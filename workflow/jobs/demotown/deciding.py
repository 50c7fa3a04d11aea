"""How far the officers of the demo town have come with what was handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.core.checklist import Check, Verdict
from workflow.core.corrections import Anchor, Fault
from workflow.core.days import day_of
from workflow.core.deciding import View
from workflow.core.duty import HandoverReason
from workflow.core.requirements import Severity
from workflow.core.roles import Actor
from workflow.core.transitions import checkable
from workflow.core.visits import Mode
from workflow.jobs.demotown.stage import EnterpriseRow, PlaceRow, Stage, picture
from workflow.store import accounts, cases, corrections, duty
from workflow.store.cases import Case
from workflow.usecases import (
    accepting,
    correcting,
    deciding,
    handing_over,
    inspecting,
    opinions,
    releasing,
    review,
    submitting,
    talking,
)
from workflow.usecases.views import review_view

INTERVAL = timedelta(minutes=25)
OTHER_FIELD = "第一责任田"
FAILED_WORDS = "现场看还没做到，负责人说后天前补上。"
REFUSED_WORDS = (
    "现场核查时车间仍与住宿混在一起，没有单独的临时隔离室。\n口罩存量不足两天，供货合同没有签。"
)


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing on its way: which, whose, by whom and when it was handed in."""

    case_id: int
    row: EnterpriseRow
    place: PlaceRow
    by: Actor
    at: datetime

    @property
    def case(self) -> Case:
        return cases.get(self.case_id, self.by)


class Deciding:
    """Takes a filing that was handed in as far as its table says, each step a while later."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._ways: dict[str, Callable[[Filing], None]] = {
            "returned": self._returned,
            "accepted": self._accept,
            "partly": self._partly,
            "failed": self._failed,
            "rectifying": self._rectifying,
            "mended": self._mended,
            "refused": self._refused,
            "withdrawn": self._withdrawn,
            "approved": self._approved,
            "early_referred": self._referred,
            "early_awaiting": self._approved,
            "early_approved": self._released,
            "handed": self._handed,
        }

    def bring(self, one: Filing) -> None:
        way = self._ways.get(one.place.far)
        if way is not None:
            way(one)

    def _liaison(self, one: Filing) -> Actor:
        account = accounts.liaison_of(one.case.field_id)
        assert account is not None
        return accounts.actor_of(account, self._stage.today)

    def _returned(self, one: Filing) -> None:
        office, at = self._stage.office, one.at + INTERVAL
        for anchor, key, fault, words in (
            (Anchor.MATERIAL, "commitment", Fault.UNSIGNED, "没有主要负责人签名，请签好再传。"),
            (
                Anchor.FACT,
                "thermometers",
                Fault.CONTRADICTORY,
                "和物资照片里的数量对不上。",
            ),
        ):
            correcting.raise_point(one.case_id, anchor, key, fault, words, office, at)
        correcting.return_case(one.case_id, one.case.version, office, at, self._stage.codes)
        words = "材料大体齐了，只有两处要改，改好今天就能受理。"
        talking.say(one.case_id, words, office, at)

    def _accept(self, one: Filing) -> None:
        """The office finds the filing complete."""
        office, at = self._stage.office, one.at + INTERVAL
        desk = checkable(review_view(one.case, at), office)
        checks = [Check(held.code, Verdict.PASS) for held in desk]
        review.confirm(one.case_id, checks, one.case.version, office, at)
        accepting.accept(one.case_id, one.case.version, office, at, self._stage.codes)

    def _inspect(self, one: Filing) -> None:
        """The liaison has gone there."""
        self._accept(one)
        self._begin(one, one.at + 2 * INTERVAL)

    def _begin(self, one: Filing, at: datetime) -> None:
        by = self._liaison(one)
        inspecting.begin(one.case_id, Mode.VISIT, "", "", one.case.version, by, at)

    def _check(self, one: Filing, failed: frozenset[str], most: int | None = None) -> None:
        """Marks the first items, or all of them."""
        at = one.at + 3 * INTERVAL
        held = checkable(review_view(one.case, at), self._liaison(one))
        codes = [item.code for item in held][:most]
        checks = [
            Check(code, Verdict.FAIL, FAILED_WORDS) if code in failed else Check(code, Verdict.PASS)
            for code in codes
        ]
        review.confirm(one.case_id, checks, one.case.version, self._liaison(one), at)

    def _vetoes(self, one: Filing) -> frozenset[str]:
        """The first item that blocks an approval."""
        view = review_view(one.case, one.at)
        held = (item for item in view.held if item.code not in view.from_data)
        return frozenset({next(item.code for item in held if item.severity is Severity.VETO)})

    def _partly(self, one: Filing) -> None:
        self._inspect(one)
        self._check(one, frozenset(), len(review_view(one.case, one.at).held) // 2)

    def _failed(self, one: Filing) -> None:
        self._inspect(one)
        self._check(one, self._vetoes(one))
        (code,) = self._vetoes(one)
        at, by = one.at + 3 * INTERVAL, self._liaison(one)
        inspecting.add_photo(one.case_id, code, "现场.png", picture("papers"), by, at)

    def _rectifying(self, one: Filing) -> None:
        self._failed(one)
        by, at = self._liaison(one), one.at + 4 * INTERVAL
        mend_by = day_of(at) + timedelta(days=3)
        inspecting.rectify(one.case_id, mend_by, one.case.version, by, at, self._stage.codes)

    def _mended(self, one: Filing) -> None:
        self._rectifying(one)
        at = one.at + 5 * INTERVAL
        for point in corrections.open_points(one.case_id):
            submitting.answer_point(one.case_id, point.id, "已经做好，拍了照片。", one.by, at)
        submitting.submit(one.case_id, one.case.version, one.by, at)

    def _refused(self, one: Filing) -> None:
        self._failed(one)
        by, at, codes = self._liaison(one), one.at + 4 * INTERVAL, self._stage.codes
        deciding.refuse(one.case_id, REFUSED_WORDS, "", one.case.version, by, at, codes)

    def _withdrawn(self, one: Filing) -> None:
        submitting.withdraw(one.case_id, one.case.version, one.by, one.at + INTERVAL)

    def _referred(self, one: Filing) -> None:
        """The liaison agrees and leaves it to the level above; a department has answered."""
        self._inspect(one)
        self._check(one, frozenset())
        by, at, codes = self._liaison(one), one.at + 4 * INTERVAL, self._stage.codes
        clinic = self._stage.actor("weisheng")
        opinions.answer(one.case_id, View.AGREES, "", clinic, at)
        other = self._stage.actor("yingji")
        opinions.answer(one.case_id, View.AGREES, "开工前请再测一次漏电保护。", other, at)
        words = "现场看过，条件具备，建议同意。"
        deciding.refer(one.case_id, words, one.case.version, by, at, codes)

    def _approved(self, one: Filing) -> None:
        at, codes = one.at + 5 * INTERVAL, self._stage.codes
        if len(one.case.kind.levels) > 1:
            self._referred(one)
            by = self._stage.actor("zhihuibu")
        else:
            self._inspect(one)
            self._check(one, frozenset())
            by = self._liaison(one)
        deciding.approve(one.case_id, "", one.case.version, by, at, codes)

    def _released(self, one: Filing) -> None:
        self._approved(one)
        issuer, at = self._stage.actor("qianfa"), one.at + 6 * INTERVAL
        releasing.release(one.case_id, one.case.version, issuer, at)

    def _handed(self, one: Filing) -> None:
        self._accept(one)
        to = next(field.id for field in duty.fields() if field.name == OTHER_FIELD)
        reason, words = HandoverReason.ELSEWHERE, "厂门开在东示村，登记时选错了村。"
        by, at = self._liaison(one), one.at + 2 * INTERVAL
        handing_over.hand_over(one.case_id, to, reason, words, one.case.version, by, at)
