"""Cut the fonts of official documents to what a notice needs, once per machine.

WeasyPrint embeds glyf subsets several times faster than the full CFF collections, so the faces
come out of Debian packages as small TrueType files, behind a private fontconfig that sees only
them and Noto CJK for the rare characters of names. Point FONTCONFIG_FILE at
build/fonts/fonts.conf by its absolute path: fontconfig looks a relative one up in /etc/fonts.
"""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import fandol
from fontTools import subset
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
FONTS = BUILD / "fonts"
FANDOL = BUILD / "fandol"
CONF = FONTS / "fonts.conf"
STAMP = FONTS / "stamp"
NOTO = Path("/usr/share/fonts/opentype/noto")

# Seconds since 1904, 1 February 2020: a fixed date keeps the bytes of two builds equal.
MADE = 3_663_360_000
# One em for every face, so that a line with two of them keeps the prescribed line pitch.
ASCENT, DESCENT = 880, -120


@dataclass(frozen=True, slots=True)
class Face:
    family: str
    source: Path
    fallback: str
    weight: int = 400
    number: int = 0

    @property
    def target(self) -> Path:
        return FONTS / f"{self.family.replace(' ', '')}.ttf"


# In Debian's Noto collections face 2 is the simplified Chinese one.
FACES = (
    Face("FX Song", NOTO / "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", weight=700, number=2),
    # SimHei's strokes are close to the regular weight; the bold one prints half as heavy again.
    Face("FX Hei", NOTO / "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", number=2),
    Face("FX Fang", FANDOL / "FandolFang-Regular.otf", "Noto Serif CJK SC"),
    Face("FX Kai", FANDOL / "FandolKai-Regular.otf", "Noto Serif CJK SC"),
)


def gb2312_rows(first: int, last: int) -> set[str]:
    # The gbk codec, since the gb2312 one maps the dash and the middle dot to look-alikes.
    cells = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0xA1, 0xFF))
    return {char for cell in cells if (char := cell.decode("gbk", "ignore"))}


ASCII = {chr(code) for code in range(0x20, 0x7F)}
FULL_WIDTH = {chr(code) for code in range(0xFF01, 0xFF5F)}
HANZI = {char for char in gb2312_rows(0xB0, 0xF7) if "\u4e00" <= char <= "\u9fff"}
PUNCTUATION = set("〔〕《》〈〉「」『』【】“”‘’—…、。，；：？！（）·℃№○×÷±≤≥≠→①②③④⑤⑥⑦⑧⑨⑩□■￥　")
REQUIRED = ASCII | HANZI | PUNCTUATION
# Taken along where the source has them: signs, numerals, Greek and the common extras.
WELCOME = gb2312_rows(0xA1, 0xA3) | gb2312_rows(0xA6, 0xA6) | FULL_WIDTH | set("\u00a0€©™☑☐✓✔–•㎡")
RARE = "瑢喆昇堃犇垚赟镕翀㎡㛃𬱖"


def say(text: str) -> None:
    print(f"▸ 字体 {text}", flush=True)


def stop(text: str) -> None:
    sys.exit(f"✗ 字体 {text}")


def digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


def sources() -> Sequence[Path]:
    missing = [face.source for face in FACES if not face.source.exists()]
    if missing:
        stop(f"缺少 {missing[0].name}：请安装 fonts-noto-cjk")
    return [Path(__file__), *dict.fromkeys(face.source for face in FACES)]


def cut(face: Face) -> TTFont:
    font = TTFont(face.source, fontNumber=face.number, lazy=True, recalcTimestamp=False)
    options = subset.Options(
        # More features would drag in thousands of alternates that no notice uses.
        layout_features=["kern"],
        hinting=False,
        name_IDs=[0, 13, 14],
        notdef_outline=True,
        drop_tables=["BASE", "DSIG", "GDEF", "GSUB", "VORG", "vhea", "vmtx"],
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(char) for char in REQUIRED | WELCOME])
    cutter.subset(font)
    return font


def to_truetype(font: TTFont) -> None:
    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["glyf"].glyphs = outlines
    builder = FontBuilder(font=font)
    builder.setupMaxp()
    builder.setupPost(keepGlyphNames=False)


def christen(font: TTFont, face: Face) -> None:
    style = "Bold" if face.weight >= 700 else "Regular"
    names = {1: face.family, 2: style, 3: f"{face.family} {style}", 4: face.family}
    names[6] = f"{face.family.replace(' ', '')}-{style}"
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    head, line, os2 = font["head"], font["hhea"], font["OS/2"]
    scale = head.unitsPerEm / 1000
    head.created = head.modified = MADE
    head.macStyle = int(style == "Bold")
    os2.usWeightClass = face.weight
    os2.fsSelection = 0x20 if style == "Bold" else 0x40
    line.ascent = os2.sTypoAscender = os2.usWinAscent = round(ASCENT * scale)
    line.descent = os2.sTypoDescender = round(DESCENT * scale)
    os2.usWinDescent = -line.descent
    line.lineGap = os2.sTypoLineGap = 0


def build(face: Face) -> str:
    started = time.monotonic()
    font = cut(face)
    to_truetype(font)
    christen(font, face)
    font.save(face.target)
    size = face.target.stat().st_size / 1e6
    return f"{face.family}（{size:.1f} MB，{time.monotonic() - started:.0f} 秒）"


def configuration() -> str:
    """A fontconfig of our own; without the system's rules no bold is faked either."""
    alias = """\
  <alias binding="same">
    <family>{0.family}</family>
    <default><family>{0.fallback}</family></default>
  </alias>
"""
    heavy = """\
  <match target="pattern">
    <test name="family" qual="first"><string>{0.family}</string></test>
    <edit name="weight" mode="assign"><const>bold</const></edit>
  </match>
"""
    return "".join(
        (
            '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n',
            f"  <dir>{escape(str(FONTS))}</dir>\n  <dir>{NOTO}</dir>\n",
            f"  <cachedir>{escape(str(BUILD / 'fontconfig'))}</cachedir>\n",
            f"  <selectfont>\n    <rejectfont><glob>{NOTO}/*</glob></rejectfont>\n",
            f"    <acceptfont><glob>{NOTO}/NotoS*CJK-*.ttc</glob></acceptfont>\n  </selectfont>\n",
            *(alias.format(face) for face in FACES),
            *(heavy.format(face) for face in FACES if face.weight >= 700),
            "</fontconfig>\n",
        )
    )


def ask(tool: str, *arguments: str) -> str:
    environment = {**os.environ, "FONTCONFIG_FILE": str(CONF)}
    answer = subprocess.run(
        [tool, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return answer.stdout


def verify() -> None:
    """Stop unless every family is found by name, complete, and backed for rare characters."""
    for face in FACES:
        font = TTFont(face.target, lazy=True)
        holes = {char for char in REQUIRED if ord(char) not in font.getBestCmap()}
        if holes:
            stop(f"{face.family} 缺字：{''.join(sorted(holes))}")
        if "glyf" not in font or "CFF " in font:
            stop(f"{face.family} 不是 TrueType 轮廓")
        if ask("fc-match", "-f", "%{file}", face.family) != str(face.target):
            stop(f"fontconfig 找不到 {face.family}")
    for char in RARE:
        if not ask("fc-list", f":charset={ord(char):x}", "family").strip():
            stop(f"没有字体能印 {char}")


def main() -> None:
    try:
        fandol.fetch(FANDOL, [face.source.name for face in FACES if face.source.parent == FANDOL])
    except fandol.Unavailable as error:
        stop(str(error))
    FONTS.mkdir(parents=True, exist_ok=True)
    key = f"{digest(sources())} {ROOT}\n"
    targets = [face.target for face in FACES]
    whole = all(path.exists() for path in (*targets, CONF))
    if whole and STAMP.exists() and STAMP.read_text() == key:
        return
    STAMP.unlink(missing_ok=True)
    say(f"裁剪 {len(FACES)} 种到 GB 2312（约半分钟，只做一次）")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for line in pool.map(build, FACES):
            say(line)
    CONF.write_text(configuration())
    verify()
    STAMP.write_text(key)
    say("✓ build/fonts/fonts.conf")


if __name__ == "__main__":
    main()
