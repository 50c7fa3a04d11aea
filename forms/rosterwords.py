"""The words of rosters: columns, kinds, and every mistake with how to put it right."""

from collections.abc import Mapping
from enum import Enum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflow.core.cells import Fault
from workflow.core.papers import DocumentKind
from workflow.core.reveals import PersonReason
from workflow.core.rostering import EmployerKind, Lodging, Mode
from workflow.core.tables import Column

Words = Mapping[Enum, LazyString]
COLUMN_WORDS: Words = {
    Column.NAME: _l("姓名"),
    Column.KIND: _l("证件种类"),
    Column.NUMBER: _l("证件号码"),
    Column.MOBILE: _l("手机号"),
    Column.EMPLOYER_KIND: _l("用工方式"),
    Column.EMPLOYER: _l("用工单位"),
    Column.POST: _l("岗位"),
    Column.ORIGIN: _l("从哪里来"),
    Column.LODGING: _l("住宿"),
    Column.RETURNS_ON: _l("到岗日期"),
}
KIND_WORDS: Words = {
    DocumentKind.RESIDENT: _l("居民身份证"),
    DocumentKind.RESIDENCE: _l("港澳台居民居住证"),
    DocumentKind.HK_MACAU: _l("港澳通行证（回乡证）"),
    DocumentKind.TAIWAN: _l("台胞证"),
    DocumentKind.PASSPORT: _l("护照"),
    DocumentKind.FOREIGN: _l("外国人永久居留证"),
}
EMPLOYER_WORDS: Words = {
    EmployerKind.OWN: _l("本单位"),
    EmployerKind.AGENCY: _l("劳务派遣"),
    EmployerKind.SUBCONTRACTOR: _l("分包"),
}
LODGING_WORDS: Words = {
    Lodging.DORM: _l("宿舍"),
    Lodging.RENTED: _l("租房"),
    Lodging.OWN: _l("自有住房"),
}
MODE_WORDS: Mapping[Mode, LazyString] = {
    Mode.PART: _l("只补充、修改这些人"),
    Mode.WHOLE: _l("这是全部人员（名单上没有的算离开）"),
}
PERSON_REASONS: Mapping[Enum, LazyString] = {
    PersonReason.CHECK: _l("核对、登记信息"),
    PersonReason.CONTACT: _l("联系本人"),
    PersonReason.URGENT: _l("紧急情况"),
}
FAULT_WORDS: Mapping[Fault, LazyString] = {
    Fault.BLANK: _l("空着。请填上。"),
    Fault.TOO_LONG: _l("“%(value)s”太长了。请写短些。"),
    Fault.LOST: _l("这里的公式没有结果%(value)s。请在 Excel 里打开，把结果粘贴成数值，再存一次。"),
    Fault.MERGED: _l("和上面一行合并了单元格。一人一行，请取消合并再填上。"),
    Fault.DESTROYED: _l(
        "是“%(value)s”，号码被 Excel 当成数字，后几位已经丢了。请把这一列设成“文本”，重新填号码。"
    ),
    Fault.OLD_NUMBER: _l("“%(value)s”是 15 位的老号码。请填 18 位的新号码。"),
    Fault.WRONG_LENGTH: _l("“%(value)s”不是 18 位。请照身份证填；是别的证件，请写明证件种类。"),
    Fault.WRONG_SIGNS: _l("“%(value)s”里有不该有的字。身份证号码前 17 位是数字，末位是数字或 X。"),
    Fault.WRONG_BIRTH: _l("“%(value)s”第 7 到 14 位不是出生日期。请照身份证核对。"),
    Fault.WRONG_CHECK_DIGIT: _l("“%(value)s”有一位不对（和末位验证码对不上）。请照身份证核对。"),
    Fault.NOT_HK_MACAU: _l("“%(value)s”不像港澳通行证：H 或 M 开头，后面 8 位数字。请照证件核对。"),
    Fault.NOT_TAIWAN: _l("“%(value)s”不像台胞证：8 位数字。请照证件核对。"),
    Fault.NOT_RESIDENCE: _l("“%(value)s”不像港澳台居民居住证：81、82 或 83 开头。请照证件核对。"),
    Fault.NOT_PASSPORT: _l("“%(value)s”不像护照：5 到 17 位字母和数字。请照证件核对。"),
    Fault.NOT_FOREIGN: _l("“%(value)s”不像永久居留证：9 开头的 18 位，或 3 个字母加 12 位数字。"),
    Fault.UNKNOWN_KIND: _l("“%(value)s”认不出。请写居民身份证、港澳通行证、台胞证、护照之类。"),
    Fault.KIND_NEEDED: _l("“%(value)s”不像居民身份证。是别的证件，请在“证件种类”里写明。"),
    Fault.NOT_MOBILE: _l("“%(value)s”不是手机号：11 位数字，13 到 19 开头。请改，或者空着。"),
    Fault.UNKNOWN_EMPLOYER: _l("“%(value)s”认不出。请写本单位、劳务派遣或分包。"),
    Fault.UNCLEAR_EMPLOYER: _l(
        "看不出“%(value)s”是劳务派遣还是分包。请加一列“用工方式”写明；本单位的空着就行。"
    ),
    Fault.UNKNOWN_LODGING: _l("“%(value)s”认不出。请写宿舍、租房或自有住房。"),
    Fault.UNCLEAR_DAY: _l("“%(value)s”看不出是哪年哪月哪日。请写成 2026-02-10 这样。"),
    Fault.NOT_A_DAY: _l("“%(value)s”不是日期。请写成 2026-02-10 这样。"),
    Fault.TWICE: _l("和第 %(value)s 行是同一个证件号码，填的却不一样。请只留对的一行。"),
    Fault.UNKNOWN_REGION: _l("证件号码的前两位不是常见的地区，请顺便核对。"),
    Fault.UNDER_AGE: _l("按证件号码不满 16 周岁，不能招用。请核对。"),
    Fault.SAME_TWICE: _l("和第 %(value)s 行一模一样，只算一次。"),
}


def fault_words(fault: Fault, value: str = "") -> str:
    """What is wrong, with which value, and how to put it right."""
    if fault is Fault.LOST and value:
        value = f"（{value}）"
    return str(FAULT_WORDS[fault]) % {"value": value}
