"""Cases that wait for somebody above the liaison: the filing of the tests, decided otherwise."""

from tests.cast import AT, Cast, approve, checked, fresh_codes, submitted, version_of
from tests.packs import TEN
from workflow.core.roles import Actor
from workflow.usecases import deciding, founding


def decided_by(*levels: str, issuer_releases: bool = True) -> None:
    """From now on the filing is decided by these levels, and released by the issuer."""
    said = f"levels = {list(levels)}\nissuer_releases = {str(issuer_releases).lower()}\n"
    version = "-".join(levels) + ("-issuer" if issuer_releases else "")
    text = TEN.replace("lead_days = 1\n", f"lead_days = 1\n{said}", 1)
    first = next(line for line in TEN.splitlines() if line.startswith("version"))
    founding.publish_catalogue(text.replace(first, f'version = "{version}"', 1), None, AT)


def held_notices(cast: Cast) -> list[int]:
    """Three approved notices that wait for the issuer."""
    decided_by("liaison")
    whose = ((cast.he, cast.lin), (cast.zhe, cast.lin), (cast.lv, cast.zhou))
    return [held(clerk, liaison) for clerk, liaison in whose]


def held(clerk: Actor, liaison: Actor) -> int:
    case_id = checked(submitted(clerk), liaison)
    approve(case_id, liaison)
    return case_id


def referred(clerk: Actor, liaison: Actor) -> int:
    """A case that the liaison has left to the command."""
    decided_by("liaison", "command")
    case_id = checked(submitted(clerk), liaison)
    deciding.refer(case_id, "", version_of(case_id), liaison, AT, fresh_codes)
    return case_id
