"""The official documents (文书) that the town gives an enterprise."""

from enum import Enum


class LetterKind(Enum):
    """What a document is. Each kind is numbered in a series of its own."""

    ACCEPTANCE = "acceptance"  # 受理通知书
    CORRECTION = "correction"  # 一次性补正告知书
    INSPECTION = "inspection"  # 现场核查记录
    NOTICE = "notice"  # 复工通知单、备案回执
    REFUSAL = "refusal"  # 暂不同意复工告知书
    NON_ACCEPTANCE = "non_acceptance"  # 不予受理告知书
