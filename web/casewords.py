"""The words for what happens to a case: states, steps, points to correct, documents, opinions."""

from collections.abc import Mapping
from enum import Enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from workflow.core.clocks import Escalation, Stage
from workflow.core.corrections import Anchor, Fault, RequestKind
from workflow.core.deciding import View
from workflow.core.filings import Silence
from workflow.core.letters import LetterKind
from workflow.core.refusals import Reason
from workflow.core.states import Action, State
from workflow.core.visits import Mode

_l = lazy_gettext
Words = Mapping[Enum, LazyString]

STATE_LABELS: Words = {
    State.DRAFT: _l("草稿"),
    State.SUBMITTED: _l("待初审"),
    State.RETURNED: _l("待补正"),
    State.ACCEPTED: _l("已受理，待核查"),
    State.INSPECTING: _l("核查中"),
    State.RECTIFYING: _l("整改中"),
    State.REFERRED: _l("待审定"),
    State.AWAITING_RELEASE: _l("待签发"),
    State.APPROVED: _l("已同意"),
    State.ISSUED: _l("已签发"),
    State.NOT_ACCEPTED: _l("不予受理"),
    State.REFUSED: _l("暂不同意"),
    State.WITHDRAWN: _l("已撤回"),
    State.SUPERSEDED: _l("已被变更代替"),
    State.VOIDED: _l("已作废"),
}
TAG_KINDS: Mapping[State, str] = {
    State.DRAFT: "draft",
    State.SUBMITTED: "with",
    State.RETURNED: "hold",
    State.ACCEPTED: "with",
    State.INSPECTING: "with",
    State.RECTIFYING: "hold",
    State.REFERRED: "with",
    State.AWAITING_RELEASE: "with",
    State.APPROVED: "ok",
    State.ISSUED: "ok",
    State.NOT_ACCEPTED: "stop",
    State.REFUSED: "stop",
    State.WITHDRAWN: "old",
    State.SUPERSEDED: "old",
    State.VOIDED: "stop",
}
ACTION_LABELS: Words = {
    Action.SUBMIT: _l("提交"),
    Action.RESUBMIT: _l("重新提交"),
    Action.WITHDRAW: _l("撤回"),
    Action.ACCEPT: _l("受理"),
    Action.NOT_ACCEPT: _l("不予受理"),
    Action.RETURN: _l("退回补正"),
    Action.INSPECT: _l("开始核查"),
    Action.RECTIFY: _l("要求整改"),
    Action.REFER: _l("同意并报上一级审定"),
    Action.APPROVE: _l("同意"),
    Action.REFUSE: _l("暂不同意"),
    Action.SEND_BACK: _l("退回重办"),
    Action.RELEASE: _l("签发"),
    Action.MARK_ISSUED: _l("盖章签名"),
    Action.VOID: _l("作废"),
    Action.SUPERSEDE: _l("由变更代替"),
}
# The same actions once they are done, for the history of a case.
DONE_LABELS: Words = {
    Action.SUBMIT: _l("企业提交"),
    Action.RESUBMIT: _l("企业改好，重新提交"),
    Action.WITHDRAW: _l("企业撤回"),
    Action.ACCEPT: _l("企业办受理"),
    Action.NOT_ACCEPT: _l("企业办不予受理"),
    Action.RETURN: _l("退回补正"),
    Action.INSPECT: _l("开始现场核查"),
    Action.RECTIFY: _l("要求整改"),
    Action.REFER: _l("同意，报上一级审定"),
    Action.APPROVE: _l("同意"),
    Action.REFUSE: _l("暂不同意"),
    Action.SEND_BACK: _l("退回重办"),
    Action.RELEASE: _l("签发"),
    Action.MARK_ISSUED: _l("通知单已盖章签名"),
    Action.VOID: _l("通知单作废"),
    Action.SUPERSEDE: _l("通知单由变更后的代替"),
}
STAGE_LABELS: Words = {
    Stage.ACCEPT: _l("初审"),
    Stage.INSPECT: _l("核查"),
    Stage.DECIDE: _l("审定"),
    Stage.RELEASE: _l("签发"),
    Stage.CORRECT: _l("补正"),
    Stage.RECTIFY: _l("整改"),
}
ESCALATION_LABELS: Words = {
    Escalation.APPROACHING: _l("今天到期"),
    Escalation.OVERDUE: _l("已超时，告诉代班人"),
    Escalation.OFFICE: _l("已超时，告诉企业办"),
    Escalation.COMMAND: _l("已超时，告诉指挥部"),
}
LETTER_LABELS: Words = {
    LetterKind.ACCEPTANCE: _l("受理通知书"),
    LetterKind.CORRECTION: _l("一次性补正告知书"),
    LetterKind.INSPECTION: _l("现场核查记录"),
    LetterKind.NOTICE: _l("复工通知单"),
    LetterKind.REFUSAL: _l("暂不同意复工告知书"),
    LetterKind.NON_ACCEPTANCE: _l("不予受理告知书"),
}
ANCHOR_LABELS: Words = {
    Anchor.FACT: _l("填的内容"),
    Anchor.REQUIREMENT: _l("要求"),
    Anchor.ATTACHMENT: _l("传的文件"),
    Anchor.MATERIAL: _l("材料"),
    Anchor.PART: _l("方案"),
    Anchor.ROSTER_ROW: _l("花名册"),
    Anchor.WHOLE: _l("申报整体"),
}
FAULT_LABELS: Words = {
    Fault.MISSING: _l("缺少"),
    Fault.UNCLEAR: _l("看不清、说不清"),
    Fault.CONTRADICTORY: _l("前后对不上"),
    Fault.EXPIRED: _l("过期了"),
    Fault.WRONG_KIND: _l("不是要的那一种"),
    Fault.UNSIGNED: _l("没签名、没盖章"),
    Fault.NOT_MET: _l("没做到"),
    Fault.OTHER: _l("别的"),
}
# What an officer may begin from; every one of them can be written otherwise.
SUGGESTED_WORDS: Words = {
    Fault.MISSING: _l("没有提供，请补上。"),
    Fault.UNCLEAR: _l("看不清楚，请写明白，或重新拍照上传。"),
    Fault.CONTRADICTORY: _l("和别处填的对不上，请核对后改成一致。"),
    Fault.EXPIRED: _l("已经过期，请换成在有效期内的。"),
    Fault.WRONG_KIND: _l("传的不是要求的材料，请换成要求的那一种。"),
    Fault.UNSIGNED: _l("没有签名或者盖章，请签好再传。"),
    Fault.NOT_MET: _l("还没有做到，请改好后说明。"),
    Fault.OTHER: _l("请改成："),
}
REQUEST_LABELS: Words = {
    RequestKind.CORRECTION: _l("补正"),
    RequestKind.RECTIFICATION: _l("整改"),
}
MODE_LABELS: Words = {Mode.VISIT: _l("现场"), Mode.VIDEO: _l("视频")}
VIEW_LABELS: Words = {View.AGREES: _l("没有意见"), View.OBJECTS: _l("有意见")}
SILENCE_LABELS: Words = {
    Silence.NO_OBJECTION: _l("到期不答复，视为没有意见"),
    Silence.WAITS: _l("不答复就等着"),
}
CASE_LABELS: Words = {
    **STATE_LABELS,
    **ACTION_LABELS,
    **STAGE_LABELS,
    **ESCALATION_LABELS,
    **LETTER_LABELS,
    **ANCHOR_LABELS,
    **FAULT_LABELS,
    **REQUEST_LABELS,
    **MODE_LABELS,
    **VIEW_LABELS,
    **SILENCE_LABELS,
}
CASE_REASONS: Words = {
    Reason.NOT_INSPECTED: _l("还没有核查过。请先到现场或用视频核查，再决定。"),
    Reason.NOTHING_FAILED: _l("没有不合格的项，不用整改。"),
    Reason.NO_POINTS: _l("还没记下要补正的地方。请先逐条记下，再一次告知企业。"),
    Reason.POINTS_UNANSWERED: _l("还有 %(n)s 条没改，也没说明。请逐条改好，或写一句说明，再提交。"),
    Reason.LAST_LEVEL: _l("这一级就能决定，不用再往上报。"),
    Reason.NOT_LAST_LEVEL: _l("这一件要由上一级决定。请写明意见，报上去。"),
    Reason.NOT_YOUR_LEVEL: _l("现在不由您这一级决定。"),
    Reason.DECIDED_BY_YOU: _l("您在下一级已经定过这一件，不能再定。请让别的同事办。"),
    Reason.OPINIONS_AWAITED: _l("还在等%(named)s的意见，没到期不能决定。"),
    Reason.WORDS_NEEDED: _l("请写明理由。"),
    Reason.REMEDIES_UNKNOWN: _l(
        "还没设好“陈述和申辩”“救济途径”两段话，不能发这种文书。请企业办先到“文书设置”里填好。"
    ),
    Reason.RELEASED_BY_APPROVAL: _l("这一件同意后就自动签发，不用再签。"),
    Reason.RELEASED_BY_ISSUER: _l("这一件要等签发人签发。"),
    Reason.NOT_REPLACED: _l("变更后的通知单还没签发，原来的仍然有效。"),
    Reason.NO_CHANGE_FILING: _l("这一次停工没有变更报备。有变动请打咨询电话。"),
    Reason.ANSWERED_ALREADY: _l("您单位已经答复过了。"),
    Reason.TOO_MANY_MESSAGES: _l("一件申报一天最多写 50 条留言。有急事，请打咨询电话。"),
    Reason.TOO_MANY_KEPT: _l("常用筛选最多存 20 个。请先删掉不用的，再存。"),
}
