"""A small catalogue for tests that are not about the shipped one."""

from pathlib import Path

TEN = (Path(__file__).parent / "ten.toml").read_text(encoding="utf-8")
