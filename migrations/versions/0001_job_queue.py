"""The job queue: Procrastinate's own tables, from the file that comes with it."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _run(SchemaManager.get_schema())


def downgrade() -> None:
    _run(
        """
        DO $$
        DECLARE one record;
        BEGIN
            FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
                WHERE proname LIKE 'procrastinate%' LOOP
                EXECUTE 'DROP FUNCTION ' || one.name || ' CASCADE';
            END LOOP;
            FOR one IN SELECT tablename AS name FROM pg_tables
                WHERE tablename LIKE 'procrastinate%' LOOP
                EXECUTE 'DROP TABLE ' || one.name || ' CASCADE';
            END LOOP;
            FOR one IN SELECT typname AS name FROM pg_type
                WHERE typname LIKE 'procrastinate%' AND typtype IN ('e', 'c') LOOP
                EXECUTE 'DROP TYPE IF EXISTS ' || one.name || ' CASCADE';
            END LOOP;
        END $$
        """
    )


def _run(script: str) -> None:
    """Many statements at once: the driver takes them only without parameters."""
    op.get_bind().connection.driver_connection.execute(script)
