"""A picture is kept upright and bare: nothing comes with it but its pixels."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from tests.usecases.pictures import exif, halves, saved, why
from workflow.core.refusals import Reason
from workflow.store.contents import JPEG, PNG, Content, checked


def opened(content: Content) -> Image.Image:
    picture = Image.open(BytesIO(content.data))
    picture.load()
    return picture


def test_a_photo_loses_its_place_its_device_and_its_remarks() -> None:
    photo = saved(halves(), "JPEG", exif=exif(1), comment=b"SECRET remark", xmp=b"<x>SECRET</x>")
    assert b"SECRET" in photo
    content = checked(photo)
    assert content.media_type == JPEG
    assert dict(opened(content).getexif()) == {}
    assert b"SECRET" not in content.data
    assert b"Exif" not in content.data


# Where red lies in the upright picture, for each way a camera may have been held.
RED_LIES = {
    1: (0.25, 0.5),
    2: (0.75, 0.5),
    3: (0.75, 0.5),
    4: (0.25, 0.5),
    5: (0.5, 0.25),
    6: (0.5, 0.25),
    7: (0.5, 0.75),
    8: (0.5, 0.75),
}


@pytest.mark.parametrize("orientation", RED_LIES)
def test_a_photo_stands_upright(orientation: int) -> None:
    picture = opened(checked(saved(halves(), "JPEG", exif=exif(orientation), quality=100)))
    assert picture.size == ((80, 40) if orientation < 5 else (40, 80))
    across, down = RED_LIES[orientation]
    red, _, blue = picture.getpixel((int(across * picture.width), int(down * picture.height)))
    assert red > 200 > 60 > blue


def test_a_photo_with_odd_exif_is_still_taken() -> None:
    photo = saved(halves(), "JPEG", exif=exif(6))
    odd = photo.replace(b"SECRET phone\0", b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")
    assert opened(checked(odd)).size == (40, 80)


def test_a_png_loses_its_texts() -> None:
    texts = PngInfo()
    texts.add_text("Author", "SECRET")
    texts.add_itxt("Comment", "SECRET", zip=False)
    content = checked(saved(halves(), "PNG", pnginfo=texts, exif=exif(1)))
    assert content.media_type == PNG
    assert b"SECRET" not in content.data
    assert opened(content).text == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_kind_keeps_its_picture(mode: str) -> None:
    grey = Image.new("L", (4, 4), 255)
    grey.paste(0, (0, 0, 2, 4))
    if mode == "I;16":
        picture = Image.new("I;16", (4, 4), 0x7FFF)
        picture.paste(0, (0, 0, 2, 4))
        bright = 0x7F
    else:
        picture, bright = grey.convert(mode), 255
    shown = opened(checked(saved(picture, "PNG"))).convert("RGB")
    assert shown.getpixel((0, 0)) == (0, 0, 0)
    assert shown.getpixel((3, 3)) == (bright, bright, bright)


def test_a_transparent_ground_stays_transparent() -> None:
    stamp = Image.new("P", (4, 4), 0)
    stamp.putpalette([0, 0, 0, 255, 0, 0])
    stamp.paste(1, (0, 0, 2, 4))
    shown = opened(checked(saved(stamp, "PNG", transparency=0)))
    assert shown.getpixel((3, 3))[3] == 0
    assert shown.getpixel((0, 0)) == (255, 0, 0, 255)


def test_a_picture_checked_again_stays_the_same_kind() -> None:
    for kind in ("JPEG", "PNG"):
        once = checked(saved(halves(), kind))
        assert checked(once.data).media_type == once.media_type


def png_header(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_072, 10_000, 20_000, 2**31 - 1])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(
    side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacks(*_: object) -> None:
        raise AssertionError("it must not be decoded")

    monkeypatch.setattr(Image.Image, "convert", unpacks)
    assert why(png_header(side, side)) is Reason.FILE_TOO_BIG


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_is_broken(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it
    picture = saved(Image.effect_noise((80, 40), 50), kind)
    assert why(picture[: len(picture) // 2]) is Reason.FILE_BROKEN
    assert why(picture[:12]) is Reason.FILE_BROKEN
