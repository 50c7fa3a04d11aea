"""The pages on which a filing is written, the same at every door that may write one."""

from flask import Blueprint

from web.filing import checking, correcting, materials, parts, sections
from workflow.core.roles import Role


def filing_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the pages of a filing: sections, list, parts, materials, handing it in, and
    correcting it.
    """
    for pages in (sections, parts, materials, checking, correcting):
        pages.add(door, *roles)
