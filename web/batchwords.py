"""What became of each case of a batch, in words."""

from dataclasses import dataclass

from flask_babel import gettext as _

from web.refusalwords import refusal_words
from workflow.core.batches import Outcome
from workflow.core.refusals import Reason, Refusal
from workflow.store import documents
from workflow.store.batches import ReleaseBatch, ReleaseItem

KINDS = {
    Outcome.RELEASED: "ok",
    Outcome.BY_OTHER: "old",
    Outcome.SENT_BACK: "hold",
    Outcome.VOIDED: "stop",
    Outcome.CHANGED: "hold",
    Outcome.FAILED: "stop",
}


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One case: the kind of its tag, what became of it, and what more there is to say."""

    item: ReleaseItem
    number: str
    kind: str
    word: str
    more: str


@dataclass(frozen=True, slots=True)
class BatchWords:
    """``waiting``: how many are still to come; the page asks again until there are none."""

    batch: ReleaseBatch
    items: list[ItemWords]
    waiting: int
    released: int


def batch_words(batch: ReleaseBatch) -> BatchWords:
    """A batch as its issuer is told of it."""
    items = [_item(one) for one in batch.items]
    waiting = sum(one.item.outcome is None for one in items)
    released = sum(one.item.outcome is Outcome.RELEASED for one in items)
    return BatchWords(batch, items, waiting, released)


def _item(item: ReleaseItem) -> ItemWords:
    notice = documents.of_case(item.case_id)
    number = notice.full_number if notice and not notice.voided_at else ""
    if item.outcome is None:
        return ItemWords(item, number, "with", _("等着办"), "")
    word, more = _words(item)
    return ItemWords(item, number, KINDS[item.outcome], word, more)


def _words(item: ReleaseItem) -> tuple[str, str]:
    match item.outcome:
        case Outcome.RELEASED:
            return _("签发了"), _("接着由系统盖章、签名。")
        case Outcome.BY_OTHER if item.by is not None:
            return _("已由%(name)s签发", name=item.by.name), _("没有重复签发。")
        case Outcome.BY_OTHER:
            return _("已经签发过"), _("没有重复签发。")
        case Outcome.SENT_BACK:
            return _("已退回"), _("有人先退回了，要等重新审定。")
        case Outcome.VOIDED:
            return _("已作废"), _("有人先作废了，没有签发。")
        case Outcome.CHANGED:
            return _("没有签发"), _("您勾选以后有变化。请打开看过，再签发。")
    assert item.reason is not None, "a failure has its reason"
    return _("失败"), refusal_words(Refusal(Reason(item.reason)))
