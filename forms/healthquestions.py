"""The questions of a health registration, without what makes an answer right."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField

from forms.base import BaseForm
from forms.healthfeeling import TemperatureField
from forms.healthstays import StaysField
from forms.healthwords import HEALTH_WORDS
from forms.inputs import DayField, TicksField, WholeNumberField
from forms.rosterwords import LODGING_WORDS
from workflow.core.health import ContactKind, HealthCode, Symptom, Transport

NO, YES = "no", "yes"


def _choices(kind: Any) -> list[tuple[str, Any]]:
    return [(one.value, HEALTH_WORDS[one]) for one in kind]


class Questions(BaseForm):
    """Everything that is asked; nothing is chosen beforehand."""

    away = RadioField(
        _l("最近 14 天离开过本县吗"),
        choices=[(NO, _l("没离开过")), (YES, _l("离开过"))],
        validate_choice=False,
    )
    stays = StaysField(_l("去过哪里"))
    arrived = DayField(_l("哪天到本地的"), description=_l("还没到的空着。"))
    transport = SelectField(
        _l("怎么来的"),
        choices=[("", _l("请选")), *_choices(Transport)],
        validate_choice=False,
        default="",
    )
    number = StringField(
        _l("车次、航班"),
        description=_l("坐火车、飞机、客车从外地来的请填，车票和订票短信上有。别的可以空着。"),
    )
    seat = StringField(_l("车厢座位"), description=_l("坐火车、飞机的请填，记不起来先空着。"))
    met_any = RadioField(
        _l("最近 14 天见过这些人吗"),
        description=_l("确诊或阳性的、疑似的、发烧的，或者从疫情严重地区来的人。"),
        choices=[(NO, _l("没有")), (YES, _l("见过"))],
        validate_choice=False,
    )
    met_confirmed = DayField(HEALTH_WORDS[ContactKind.CONFIRMED])
    met_suspected = DayField(HEALTH_WORDS[ContactKind.SUSPECTED])
    met_feverish = DayField(HEALTH_WORDS[ContactKind.FEVERISH])
    met_from_severe = DayField(HEALTH_WORDS[ContactKind.FROM_SEVERE])
    temperature = TemperatureField(_l("现在体温"), description=_l("还没量的空着。"))
    symptoms = TicksField(
        _l("有没有不舒服"), description=_l("没有就都不选。"), choices=_choices(Symptom)
    )
    lodging = RadioField(
        _l("住哪里"),
        choices=[(one.value, said) for one, said in LODGING_WORDS.items()],
        validate_choice=False,
    )
    address = StringField(_l("地址"), description=_l("哪条路、几号，或几号宿舍楼。"))
    village = SelectField(_l("在哪个村"), choices=[], validate_choice=False, default="")
    landlord = StringField(_l("房东姓名（租房的填）"))
    together = WholeNumberField(_l("和几个人一起住"), default=0)
    together_unwell = BooleanField(_l("一起住的人里有人不舒服"))
    code = RadioField(
        _l("健康码现在是什么颜色"),
        description=_l("照手机上显示的选，不用猜。"),
        choices=_choices(HealthCode),
        validate_choice=False,
    )
    code_source = StringField(
        _l("颜色是在哪里看的"), description=_l("比如自己手机上、门卫扫码时。没有码的空着。")
    )
    observed_until = DayField(_l("观察到哪天"))
    observed_by = StringField(_l("谁让观察的"), description=_l("比如老家的社区、卫生院。"))
