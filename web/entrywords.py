"""The words of getting in: claims, people, what became of an enterprise, and their refusals."""

from collections.abc import Mapping
from enum import Enum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflow.core.claims import (
    Cause,
    ChangeKind,
    ClaimKind,
    ClaimState,
    Means,
    PlaceClass,
    Relation,
    Scope,
    Standing,
)
from workflow.core.refusals import Reason

ENTRY_LABELS: Mapping[Enum, LazyString] = {
    PlaceClass.FACTORY: _l("工业企业"),
    PlaceClass.SITE: _l("建筑工地"),
    PlaceClass.ROAD: _l("道路基础设施"),
    PlaceClass.SHOP: _l("商贸服务"),
    PlaceClass.MARKET: _l("市场"),
    ClaimState.PENDING: _l("等待核实"),
    ClaimState.CONFIRMED: _l("已确认"),
    ClaimState.REFUSED: _l("没有通过"),
    ClaimKind.NEW: _l("新登记企业"),
    ClaimKind.JOIN: _l("加入已有企业"),
    ClaimKind.HANDOVER: _l("接手已有企业"),
    ClaimKind.DISPUTE: _l("有争议"),
    ClaimKind.PLACE: _l("添地点"),
    Standing.OWNER: _l("负责人"),
    Standing.CLERK: _l("经办人"),
    Scope.FILING: _l("办理复工申报"),
    Scope.ALL: _l("全部"),
    Relation.LEGAL_REP: _l("法定代表人本人"),
    Relation.AGENT: _l("受托经办人"),
    Means.VISIT: _l("当面见到"),
    Means.CALL: _l("打了已知号码"),
    Cause.NOT_REACHED: _l("没能核实是企业本人登记的"),
    Cause.NOT_AUTHORISED: _l("企业没有授权这位经办人"),
    Cause.DOES_NOT_FIT: _l("填的和营业执照或现场对不上"),
    Cause.NOT_NEEDED: _l("不用再登记"),
    Cause.DISPUTED: _l("由谁经办还要当面核对"),
    ChangeKind.REGISTERED: _l("登记确认"),
    ChangeKind.JOINED: _l("加入经办人"),
    ChangeKind.HANDED_OVER: _l("交接"),
    ChangeKind.ENDED: _l("停用账号"),
    ChangeKind.EXTENDED: _l("改授权到期日"),
    ChangeKind.PLACE_ADDED: _l("添地点"),
    ChangeKind.RENAMED: _l("改名"),
    ChangeKind.MERGED_INTO: _l("并入其他企业"),
    ChangeKind.TOOK_OVER: _l("并入了另一家企业"),
    ChangeKind.CODE_GIVEN: _l("发找回码"),
    ChangeKind.RECOVERED: _l("用找回码改了密码"),
    ChangeKind.TIER_SET: _l("定复工批次"),
}
# What a refused claimant can do about it.
ADVICE: Mapping[Cause, LazyString] = {
    Cause.NOT_REACHED: _l("请带营业执照和身份证，到企业办或找您的企业专员当面核实，再登记一次。"),
    Cause.NOT_AUTHORISED: _l("请让企业出具授权书，写明办什么、到哪天，再登记一次。"),
    Cause.DOES_NOT_FIT: _l("请照营业执照和实际地点核对，改好再登记一次。"),
    Cause.NOT_NEEDED: _l("请用已有的账号登录。忘了密码，请向企业专员要一个找回码。"),
    Cause.DISPUTED: _l("请带营业执照和授权书到企业办，当面说明由谁经办。"),
}
ENTRY_REASONS: Mapping[Enum, LazyString] = {
    Reason.CODE_HELD: _l("这个代码已经有企业登记了，不能再建一家。请回到登记，选加入或交接。"),
    Reason.NO_SUCH_NUMBER: _l("没有用这个代码或镇编号登记的企业。请核对。"),
    Reason.MOBILE_IN_USE: _l("这个手机号已经有账号在用。请经办人用已有账号，或换手机号登记。"),
    Reason.PLACE_BY_OWNER: _l(
        "这家企业在您的责任田里还没有地点，地点要由它的负责人自己添。"
        "可以选“就是登记过的”，只让人加入。"
    ),
    Reason.OWNER_NOT_ASKED: _l("加入已有企业，要先问过企业的负责人。请问过再确认。"),
    Reason.HAS_AN_OWNER: _l("这家企业有负责人。请选清楚是谁离开，再交接。"),
    Reason.NUMBER_NOT_KNOWN: _l(
        "要打从别处知道的号码，不能是登记里填的那个。请写明打的是哪个号码。"
    ),
    Reason.NOT_THE_OWNER: _l("这一步由企业的负责人办。请找负责人，或打咨询电话。"),
    Reason.MERGED: _l("这家企业已经并到别的企业里了。请找合并后的企业办。"),
    Reason.AUTHORITY_EXPIRED: _l("授权已经过了到期日。请拿新的授权书，写上新的到期日。"),
}
