"""What makes the tests faster and leaves what they show as it is."""

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir

from web import security
from workflow.store import aside

MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # bytes: the databases of a run need a third of it

# A digest of a password costs a fifth of a second in production, on purpose.
security.DEFAULTS["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
    "argon2__time_cost": 1,
    "argon2__memory_cost": 64,
    "argon2__parallelism": 1,
}


# A stranger's file is looked at in a process of its own, a tenth of a second for each; the tests
# give in the same few papers some thousand times.
aside.run = lru_cache(maxsize=32)(aside.run)


def quick_folder() -> str:
    """Where databases of tests lie: in memory, where there is enough of it. A copy is 700 files,
    which takes a disk ten times as long.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return str(MEMORY) if roomy else gettempdir()


def flush_nothing(run: Callable[[str], object]) -> None:
    """A crash may take the tests' data: a copy of their database takes a quarter of the time."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        run(f"ALTER SYSTEM SET {setting} = off")
    run("SELECT pg_reload_conf()")
