"""The words for every refusal: what stands in the way and what to do."""

from collections.abc import Mapping
from datetime import date
from enum import Enum

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from web.casewords import CASE_REASONS
from web.entrywords import ENTRY_REASONS
from web.labels import day, label
from workflow.core.packs import Pack
from workflow.core.refusals import Reason, Refusal
from workflow.core.tables import Column

_l = lazy_gettext
Words = Mapping[Enum, LazyString]
NAMED_AT_MOST = 3

REASON_LABELS: Words = {
    Reason.NO_SUCH_STEP: _l("这一步已经办过，或者还没轮到。请看最新情况。"),
    Reason.NOT_YOUR_ROLE: _l("您的账号不办这一步。请换一个账号，或打咨询电话。"),
    Reason.NOT_YOUR_ENTERPRISE: _l("这不是您单位的申报。请从您单位的首页进。"),
    Reason.NOT_YOUR_FIELD: _l("这家企业不在您的责任田里。请找负责它的专员。"),
    Reason.RECORDED_BY_YOU: _l("这件是您代录的，不能由您审查、决定。请让负责的专员或别的同事办。"),
    Reason.NOT_RECORDED_HERE: _l("这件是企业自己填的，要由企业提交。"),
    Reason.SCAN_MISSING: _l("还没传纸质申报的扫描件。请拍照或扫描，传上来再提交。"),
    Reason.SAME_FIELD: _l("它已经在这个责任田里。请选别的。"),
    Reason.WORDS_MISSING: _l("选了“别的原因”，请写一句是什么原因。"),
    Reason.FIELDS_OVERLAP: _l("和别的责任田重了：%(named)s。请去掉重的村，或分清各管哪几类。"),
    Reason.NAME_TAKEN: _l("“%(named)s”已经有了。请换一个名字，或改原来那个。"),
    Reason.NOT_A_LIAISON: _l("责任专员和代班人要从企业专员里选。请重新选。"),
    Reason.OWN_STAND_IN: _l("代班人和责任专员是同一个人。请换一个。"),
    Reason.DAYS_REVERSED: _l("结束的日期比开始的早。请改好再存。"),
    Reason.DAYS_PAST: _l("结束的日期已经过去了。请填今天或以后的。"),
    Reason.NO_FIELD: _l("“%(named)s”这一类还没划进责任田。请先在“责任田”里划好，再回来办。"),
    Reason.CODE_TAKEN: _l("信用代码 %(named)s 已经有企业用了。请先搜这个代码，核对是不是同一家。"),
    Reason.HAS_ACCOUNT: _l("这家企业有自己的账号，不用代录。请让它登录来填。"),
    Reason.FILED_ALREADY: _l("这一处已经有申报了。请到“全部申报”里看。"),
    Reason.SHEET_TOO_FULL: _l("表里的字太多，读不过来。请只留名册要的几列，别的列删掉再传。"),
    Reason.SHEET_NOT_ACCEPTED: _l(
        "这个文件不是能读的表格。请用 Excel 或 WPS 打开它，另存为 XLSX 再传，或者复制粘贴。"
    ),
    Reason.NO_HEADINGS: _l(
        "没找到表头。请让第一行写着各列叫什么：姓名、证件号码、岗位、从哪里来、住宿。"
    ),
    Reason.COLUMNS_MISSING: _l("表头里没找到：%(named)s。请在表里加上这几列，再来一次。"),
    Reason.ROSTER_EMPTY: _l("里面一个人也没有。请在表头下面一人一行填好，再来一次。"),
    Reason.ROSTER_TOO_LONG: _l(
        "一共 %(named)s 行。一份名册最多 20000 人，请分给几个厂区、工地，或找您的企业专员。"
    ),
    Reason.ROSTER_CHANGED: _l("您打开这一页以后名册又变了。下面按现在的名册重新比过，请再看一遍。"),
    Reason.ROSTER_HAS_PERSON: _l("这个证件号码已经在名册上了：%(named)s。要改请从名册里点“改”。"),
    Reason.FACTS_MISSING: _l("还有 %(n)s 处没填：%(named)s。请填好再提交。"),
    Reason.FACTS_CONTRADICT: _l("“%(named)s”和别处填的对不上。请核对，改好再提交。"),
    Reason.EVIDENCE_MISSING: _l("还缺 %(n)s 份材料：%(named)s。请传好再提交。"),
    Reason.PARTS_MISSING: _l("还有 %(n)s 篇没写好：%(named)s。样稿已经备好，看过、改过再存下。"),
    Reason.ROSTER_MISSING: _l("花名册还是空的。请先登记要返岗的人。"),
    Reason.NOT_EARLY: _l("您这类单位 %(named)s 起就能复工，不用提前报备。请改报“企业复工报备”。"),
    Reason.NO_REASON_TO_BE_EARLY: _l(
        "提前复工要有理由，您选的是“不属于”。请改选理由，或改报“企业复工报备”。"
    ),
    Reason.CLOSED_FOR_NOW: _l("这类场所现在暂不开放，还不能报备。有疑问请打咨询电话。"),
    Reason.DECIDED_ELSEWHERE: _l("这一件镇里不能同意：%(named)s。请按规定转报。"),
    Reason.TOO_SOON: _l("拟复工日期太早，最早能定 %(named)s。请改日期。"),
    Reason.CHECKS_MISSING: _l("还有 %(n)s 项没查：%(named)s。请先查完。"),
    Reason.VETO_FAILED: _l("%(n)s 项必须合格的不合格：%(named)s。企业改好、再查过，才能同意。"),
    Reason.NOT_STORED: _l("通知单还没做好。请等一会儿再看。"),
    Reason.NOT_A_DRAFT: _l("已经提交，不能再改。要改请找您的企业专员。"),
    Reason.NOTE_MISSING: _l("还有 %(n)s 项没写为什么：%(named)s。请各写一句，企业会看到。"),
    Reason.BASIS_NEEDED: _l("没写依据。请写明根据哪份文件、哪一条。"),
    Reason.CAMPAIGN_ON: _l("这几天已经有一次健康登记在进行。请先结束它，或者换个日期。"),
    Reason.NOT_ON_ROSTER: _l("名册上没有用这个证件的人。请先在员工名册里加上，再来确认。"),
    Reason.WITH_CLINIC: _l(
        "卫生院还在管这个人以前的发热，不能按报错了办。请问过卫生院，再选“已解除”。"
    ),
    Reason.NOTHING_TO_RELEASE: _l("这个人现在没有要解除的。请看最新情况。"),
    Reason.MORE_UNWELL: _l("刚才又有人报了不舒服，现在一共 %(named)s 人。请看过再交。"),
    Reason.PEOPLE_AT_WORK: _l("今天已经有 %(named)s 人报了在岗，不能报“今天没人上班”。"),
    Reason.NOT_WELL: _l("还不能这样办：本人的情况没有核实清楚。"),
    Reason.NOT_IN_LIST: _l("这家企业的清单里已经没有这几项：%(named)s。请重新打开页面再办。"),
    Reason.FILE_EMPTY: _l("这个文件是空的。请重新选一个。"),
    Reason.FILE_TOO_BIG: _l("这个文件太大，最大能收 %(named)s。请压缩，或分成几个传。"),
    Reason.FILE_NOT_ACCEPTED: _l("这种文件收不了。请传 PDF、照片（JPG、PNG）、DOCX 或 XLSX。"),
    Reason.FILE_BROKEN: _l(
        "这个文件打不开，可能没传完整。请在自己的电脑或手机上打开看看，再传一次。"
    ),
    Reason.FILE_ENCRYPTED: _l("这个文件设了密码。请去掉密码再传。"),
    Reason.TOO_MANY_FILES: _l("一件申报最多传 %(named)s 个文件。请先删掉用不着的。"),
    **ENTRY_REASONS,
    **CASE_REASONS,
}
# The same where no pack is at hand to name the facts: a key or a code is never shown.
UNNAMED_LABELS: Words = {
    Reason.FACTS_MISSING: _l("还有 %(n)s 处没填。请填好再提交。"),
    Reason.FACTS_CONTRADICT: _l("有 %(n)s 处和别处填的对不上。请核对，改好再提交。"),
    Reason.EVIDENCE_MISSING: _l("还缺 %(n)s 份材料。请传好再提交。"),
    Reason.PARTS_MISSING: _l("还有 %(n)s 篇没写好。请写好再提交。"),
    Reason.CHECKS_MISSING: _l("还有 %(n)s 项没查。请先查完。"),
    Reason.VETO_FAILED: _l("%(n)s 项必须合格的不合格。企业改好、再查过，才能同意。"),
    Reason.NOTE_MISSING: _l("还有 %(n)s 项没写为什么。请各写一句，企业会看到。"),
    Reason.NOT_IN_LIST: _l("有 %(n)s 项已经不在这家企业的清单里。请重新打开页面再办。"),
}
# More precise than "don't agree", for the contradictions the rules know.
CONTRADICTION_LABELS: Mapping[str, LazyString] = {
    "first_batch_count": _l("首批返岗人数比从业人员数多。请改小，或先改从业人员数。"),
}


def refusal_words(refusal: Refusal, pack: Pack | None = None) -> str:
    """One sentence: what stands in the way and what to do. Names need the case's pack."""
    reason, facts = refusal.reason, refusal.facts
    if reason is Reason.FACTS_CONTRADICT and len(facts) == 1 and facts[0] in CONTRADICTION_LABELS:
        return str(CONTRADICTION_LABELS[facts[0]])
    if pack is None and reason in UNNAMED_LABELS:
        return str(UNNAMED_LABELS[reason]) % {"n": len(facts)}
    names = [_name(reason, fact, pack) for fact in facts]
    most = len(names) if reason is Reason.COLUMNS_MISSING else NAMED_AT_MOST
    shown = "、".join(names[:most])
    if len(names) > most:
        shown = gettext("%(shown)s等", shown=shown)
    return str(REASON_LABELS[reason]) % {"n": len(names), "named": shown}


def _name(reason: Reason, fact: str, pack: Pack | None) -> str:
    match reason:
        case Reason.TOO_SOON | Reason.NOT_EARLY:
            return day(date.fromisoformat(fact))
        case Reason.FACTS_MISSING | Reason.FACTS_CONTRADICT if pack:
            return pack.fact(fact).label
        case Reason.EVIDENCE_MISSING | Reason.PARTS_MISSING if pack:
            return pack.material_label(fact)
        case Reason.COLUMNS_MISSING:
            return f"“{label(Column(fact))}”"
        case Reason.FILE_TOO_BIG if fact.isdecimal():
            return f"{fact}\u00a0MB"
    if pack:
        return next((one.text for one in pack.requirements if one.code == fact), fact)
    return fact
