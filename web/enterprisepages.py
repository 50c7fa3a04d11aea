"""What the doors share of an enterprise: what became of it, in words."""

from flask_babel import gettext as _

from web.casepages import Happened
from web.labels import label
from workflow.core.claims import ChangeKind
from workflow.store import accounts, enterprises
from workflow.store.enterprises import EnterpriseChange

PASSED_ON = frozenset({ChangeKind.RENAMED, ChangeKind.MERGED_INTO})


def enterprise_history(enterprise_id: int) -> list[Happened]:
    """What happened to an enterprise and its people, newest first."""
    changes = enterprises.changes(enterprise_id)
    ids = {one.by for one in changes} | {one.account_id for one in changes if one.account_id}
    names = accounts.names(ids)
    return [Happened(one.at, _told(one, names), names[one.by]) for one in changes]


def _told(change: EnterpriseChange, names: dict[int, str]) -> str:
    parts = [label(change.kind)]
    if change.account_id and change.account_id != change.by:
        parts.append(names[change.account_id])
    if change.kind is ChangeKind.TOOK_OVER:
        parts.append(change.was)
    elif change.kind in PASSED_ON:
        parts.append(_("%(was)s → %(became)s", was=change.was, became=change.became))
    elif change.became:
        parts.append(_("到 %(day)s", day=change.became))
    if change.why:
        parts.append(change.why)
    if change.verified:
        parts.append(label(change.verified))
    return "，".join(parts)
