"""Cut the icon sprite to the symbols the pages name.

The full sprite of Bootstrap-Flask weighs over a megabyte, which a phone in a village would fetch
for a few dozen pictures. A name counts as used when it stands alone in quotes, so a class such as
"table" may bring one symbol too many; that is cheaper than a list kept by hand.
"""

import re
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "built" / "icons.svg"
SPRITE = Path("static/bootstrap5/icons/bootstrap-icons.svg")
# Names put together at run time, which no search of the sources can find.
ALSO: frozenset[str] = frozenset()

SYMBOL = re.compile(r"<symbol\b[^>]*?\bid=\"([^\"]+)\".*?</symbol>", re.DOTALL)
QUOTED = re.compile(r"(?<![\w-])[\"']([a-z0-9]+(?:-[a-z0-9]+)*)[\"']")


def shipped() -> dict[str, str]:
    package = find_spec("flask_bootstrap")
    if package is None or package.origin is None:
        sys.exit("✗ 图标 缺少 Bootstrap-Flask：请先 make setup")
    sprite = (Path(package.origin).parent / SPRITE).read_text(encoding="utf-8")
    return {match[1]: match[0] for match in SYMBOL.finditer(sprite)}


def pages() -> Iterable[Path]:
    yield from ROOT.glob("templates/**/*.html")
    yield from ROOT.glob("web/**/*.py")


def main() -> None:
    symbols = shipped()
    named = {name for page in pages() for name in QUOTED.findall(page.read_text(encoding="utf-8"))}
    unknown = ALSO - symbols.keys()
    if unknown:
        sys.exit(f"✗ 图标 没有这些图标：{'、'.join(sorted(unknown))}")
    used = sorted((named | ALSO) & symbols.keys())
    body = "\n".join(
        symbols[name].replace("<symbol", '<symbol fill="currentColor"', 1) for name in used
    )
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == sprite:
        return
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(sprite, encoding="utf-8")
    print(f"▸ 图标 {len(used)} 个（{len(sprite) / 1000:.0f} kB）")


if __name__ == "__main__":
    main()
