"""Where the tests of documents find their files, and the moment at which they sign."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES, FONTS = ROOT / "templates" / "pdf", ROOT / "build" / "fonts"
AT = datetime(2026, 2, 23, 9, 30, tzinfo=UTC)
LATER = AT + timedelta(minutes=3)  # when a timestamp is added
