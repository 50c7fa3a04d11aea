"""What makes the tests faster and leaves what they show as it is."""

from collections.abc import Callable

from web import security

# A digest of a password costs a fifth of a second in production, on purpose.
security.DEFAULTS["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
    "argon2__time_cost": 1,
    "argon2__memory_cost": 64,
    "argon2__parallelism": 1,
}


def flush_nothing(run: Callable[[str], object]) -> None:
    """A crash may take the tests' data: a copy of their database takes a quarter of the time."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        run(f"ALTER SYSTEM SET {setting} = off")
    run("SELECT pg_reload_conf()")
