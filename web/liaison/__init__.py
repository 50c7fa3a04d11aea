"""The liaison's door: the queue of the own fields, the case, the checklist, the approval."""

from web.liaison.views import bp

__all__ = ["bp"]
