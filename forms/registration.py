"""The form with which somebody registers an enterprise, and the one for a further place."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from forms.base import BaseForm
from forms.inputs import DayField
from forms.texts import (
    at_most,
    credit_code,
    line,
    mobile,
    password_field,
    person_name,
    text_field,
    title,
)
from workflow.core.claims import ClaimedPlace, ClaimWords, Handler, PlaceClass, Relation, Scope
from workflow.core.identifiers import mobile_number, plain_code, town_number

LONGEST_AUTHORITY = timedelta(days=3 * 366)
CLASSES = (
    (PlaceClass.FACTORY, _l("工业企业")),
    (PlaceClass.SITE, _l("建筑工地")),
    (PlaceClass.ROAD, _l("道路基础设施")),
    (PlaceClass.SHOP, _l("商贸服务（门店、餐饮、个体户等）")),
    (PlaceClass.MARKET, _l("市场（农贸、批发等）")),
)
RELATIONS = ((Relation.LEGAL_REP, _l("法定代表人本人")), (Relation.AGENT, _l("受托经办人")))
SCOPES = (
    (Scope.FILING, _l("办理复工申报")),
    (Scope.ALL, _l("全部")),
)


def one_of(label: Any, members: Iterable[tuple[Enum, Any]], **kwargs: Any) -> RadioField:
    """One member of a closed set, nothing preselected."""
    choices = [(member.value, words) for member, words in members]
    return RadioField(label, [_chosen], choices=choices, validate_choice=False, **kwargs)


def _chosen(_form: object, field: Field) -> None:
    if field.data not in {value for value, _words in field.choices}:
        raise ValidationError(_("请选一个。"))


def from_today(form: Any, field: Field) -> None:
    """A last day that is not over, and not too far off."""
    if field.data is None:
        return  # what is no day has been said already
    if field.data < form.today:
        raise ValidationError(
            _("“%(day)s”已经过了。请照授权书填还没到的日期。", day=field.data.isoformat())
        )
    if field.data > form.today + LONGEST_AUTHORITY:
        raise ValidationError(_("最长填三年以内的日期，到期可以再延。"))


class PlaceForm(BaseForm):
    """A place (复工单元), in one of the town's villages."""

    place = text_field(
        _l("地点名称"), title, description=_l("比如一号厂区、某某项目工地、东街门店。")
    )
    place_class = one_of(_l("是哪一类"), CLASSES)
    village = SelectField(_l("在哪个村"), validate_choice=False)
    address = text_field(_l("详细地址"), title, most=200)

    def __init__(self, villages: Iterable[str], today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.village.choices = [("", _("请选")), *((name, name) for name in villages)]

    def validate_village(self, field: SelectField) -> None:
        if not field.data or field.data not in {value for value, _words in field.choices}:
            raise ValidationError(_("请从列表里选一个村。没有的，请打咨询电话。"))

    def to_place(self) -> ClaimedPlace:
        return ClaimedPlace(
            name=str(self.place.data),
            place_class=PlaceClass(self.place_class.data),
            village=str(self.village.data),
            address=str(self.address.data),
        )


class FurtherPlaceForm(PlaceForm):
    """One more place of an enterprise that is in already, with who answers the telephone."""

    contact = text_field(_l("联系人姓名"), person_name, most=60)
    contact_mobile = text_field(_l("联系人手机号"), mobile, most=40)

    def to_contact(self) -> tuple[str, str]:
        return str(self.contact.data), mobile_number(self.contact_mobile.data or "") or ""


class RegisterForm(PlaceForm):
    """A claim on an enterprise. What was typed stays after an error, but for the password."""

    code = StringField(
        _l("统一社会信用代码"),
        [Optional(), at_most(60)],
        filters=[line],
        description=_l("营业执照上的 18 位。没有代码、镇里发过编号的，填镇编号。"),
    )
    no_code = BooleanField(_l("没有营业执照，也没有代码"))
    why = StringField(
        _l("为什么没有"),
        [Optional(), at_most(200)],
        filters=[line],
        description=_l("勾了上面一项才填，比如农户自办作坊、执照还在办。企业办核实后发镇编号。"),
    )
    enterprise = text_field(_l("企业名称"), title, description=_l("照营业执照写全称。"))
    legal_rep = text_field(_l("法定代表人或经营者姓名"), person_name, most=60)
    name = text_field(_l("您的姓名"), person_name, most=60)
    mobile = text_field(
        _l("您的手机号"), mobile, most=40, description=_l("以后用它登录。不会给别的企业看到。")
    )
    password = password_field(
        _l("设一个密码"), description=_l("8 位以上，字母和数字都要有。确认以后才能用。")
    )
    relation = one_of(_l("您是企业的什么人"), RELATIONS)
    scope = one_of(
        _l("授权您办什么"),
        SCOPES,
        description=_l("申报：填报、传材料、看结果。全部：还可以管经办人、添地点。"),
    )
    until = DayField(
        _l("授权到哪天"),
        [Optional(), from_today],
        description=_l("照授权书填。法定代表人本人可以空着。"),
    )

    def validate_code(self, field: StringField) -> None:
        if self.no_code.data:
            raise ValidationError(_("填了代码，又勾了没有代码。请去掉其中一个。"))
        if town_number(field.data) is None:
            credit_code(self, field)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for field, words in self._left_out():
            field.errors = [*field.errors, words]
            valid = False
        return valid

    def _left_out(self) -> list[tuple[Field, str]]:
        """What one answer makes necessary in another field."""
        found = []
        if not self.code.data and not self.no_code.data and not self.code.errors:
            found.append((self.code, _("请填代码；没有代码的，勾下面一项。")))
        if self.no_code.data and not self.why.data and not self.why.errors:
            found.append((self.why, _("请写一句为什么没有代码。")))
        agent = self.relation.data == Relation.AGENT.value
        if agent and not self.until.data and not self.until.errors:
            found.append((self.until, _("受托经办的，请照授权书填到期日。")))
        return found

    def to_words(self) -> ClaimWords:
        told = self.code.data or ""
        number = town_number(told)
        return ClaimWords(
            enterprise=str(self.enterprise.data),
            legal_rep=str(self.legal_rep.data),
            credit_code=plain_code(told) if told and not number else None,
            town_number=number,
            why_no_code=self.why.data if not told else None,
            place=self.to_place(),
            handler=Handler(
                name=str(self.name.data),
                mobile=mobile_number(self.mobile.data or "") or "",
                relation=Relation(self.relation.data),
                scope=Scope(self.scope.data),
                until=self.until.data,
            ),
        )


class ReceiptForm(BaseForm):
    """By its receipt number a claimant finds a claim again."""

    receipt = text_field(_l("回执号"), most=60)
