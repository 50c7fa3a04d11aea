"""Forms of an officer who decides claims and looks after the people of an enterprise."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Optional

from forms.base import BaseForm
from forms.registration import one_of
from forms.texts import at_most, line, text_field, title
from workflow.core.claims import Cause, Means, Verification
from workflow.core.identifiers import bare_number, plain_code, town_number

SHORTEST_NUMBER = 5
JOIN, HANDOVER = "join", "handover"
SAME, FURTHER = "same", "further"
NOBODY = "0"
MEANS = ((Means.VISIT, _l("当面见到本人")), (Means.CALL, _l("打了已知号码")))
CAUSES = (
    (Cause.NOT_REACHED, _l("没能核实是企业本人登记的")),
    (Cause.NOT_AUTHORISED, _l("企业没有授权这位经办人，或负责人不同意加入")),
    (Cause.DOES_NOT_FIT, _l("填的和营业执照或现场对不上")),
    (Cause.NOT_NEEDED, _l("不用再登记：已有账号，或重复登记")),
    (Cause.DISPUTED, _l("由谁经办有争议，要当面核对")),
)


class VerifiedForm(BaseForm):
    """How the officer made sure. ``claimed`` is a number that does not count as known."""

    means = one_of(_l("怎么核实的"), MEANS)
    number = StringField(
        _l("打的哪个号码"),
        [Optional(), at_most(40)],
        filters=[line],
        description=_l("打电话核实才填。要从别处知道的：以前留的、牌子上的、村里给的。"),
    )
    claimed = ""

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.means.data == Means.CALL.value and not self.number.errors:
            called = bare_number(self.number.data or "")
            if len(called) < SHORTEST_NUMBER:
                self.number.errors = [_("请填打的是哪个号码。")]
                return False
            if called == self.claimed:
                self.number.errors = [
                    _("这是登记里填的号码，谁登记都能接。请打从别处知道的号码，或当面核实。")
                ]
                return False
        return valid

    def to_verification(self) -> Verification:
        means = Means(self.means.data)
        return Verification(means, (self.number.data or "") if means is Means.CALL else "")


class ConfirmForm(VerifiedForm):
    """Confirms a claim on an enterprise nobody holds, or one more place."""


class HeldForm(VerifiedForm):
    """Decides a claim on an enterprise that is in already."""

    decision = RadioField(
        _l("怎么办"),
        [InputRequired(_l("请选一个。"))],
        choices=[(JOIN, _l("加入，做经办人")), (HANDOVER, _l("交接，接替离开的人"))],
    )
    owner_asked = BooleanField(_l("已经问过企业负责人，同意加入"))
    leaving = RadioField(_l("谁离开了"), [Optional()], validate_choice=True)
    where = RadioField(
        _l("填的地点"),
        [InputRequired(_l("请选一个。"))],
        choices=[(SAME, _l("就是登记过的")), (FURTHER, _l("是新的，一起添上"))],
    )

    def __init__(self, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        listed = [(str(account_id), words) for account_id, words in people]
        self.leaving.choices = listed or [(NOBODY, _("没有人在经办，直接接手"))]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.decision.data == JOIN and not self.owner_asked.data:
            self.owner_asked.errors = [_("加入要先问过企业负责人。请问过再勾。")]
            return False
        if self.decision.data == HANDOVER and not self.leaving.data:
            self.leaving.errors = [_("请选谁离开了，他的账号会停用。")]
            return False
        return valid

    @property
    def joins(self) -> bool:
        return bool(self.decision.data == JOIN)

    @property
    def with_place(self) -> bool:
        return bool(self.where.data == FURTHER)

    def to_leaving(self) -> int | None:
        return None if self.leaving.data == NOBODY else int(self.leaving.data)


class RefuseForm(BaseForm):
    """Why a claim is refused."""

    cause = one_of(_l("为什么不通过"), CAUSES)
    note = StringField(
        _l("再说一句"),
        [Optional(), at_most(200)],
        filters=[line],
        description=_l("可以不写。登记的人会看到，别写别人的姓名、电话，也别说企业登记过没有。"),
    )

    def to_cause(self) -> Cause:
        return Cause(self.cause.data)


class PersonForm(VerifiedForm):
    """What the officer does for one person of an enterprise, once it is certain who asks."""


class RenameForm(VerifiedForm):
    """The new name of an enterprise."""

    enterprise = text_field(_l("新的企业名称"), title, description=_l("照新营业执照写全称。"))
    why = text_field(_l("凭什么改"), most=200, description=_l("比如登记机关的变更通知书编号。"))


class MergeForm(VerifiedForm):
    """Into which enterprise this one was merged."""

    into = text_field(
        _l("并入的企业的代码或镇编号"), most=60, description=_l("要已经在这里登记过的。")
    )
    why = text_field(_l("凭什么并"), most=200, description=_l("比如合并协议、登记机关文书编号。"))

    def to_number(self) -> str:
        told = str(self.into.data)
        return town_number(told) or plain_code(told)
