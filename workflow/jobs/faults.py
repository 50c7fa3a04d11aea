"""Why a job failed, in words for whoever operates the service: what happened, what to do."""

from workflow.issuing.keys import KeyUnusable
from workflow.store.files import NotKept


def words_of(error: Exception) -> str:
    """One or two sentences. What nobody foresaw is named as the log names it."""
    match error:
        case KeyUnusable():
            return str(error)
        case NotKept():
            return "文件存不下来：请看存文件的磁盘有没有空间、能不能写，再重做。"
        case _:
            return f"程序出错（{type(error).__name__}）。请看日志，查明原因再重做。"
