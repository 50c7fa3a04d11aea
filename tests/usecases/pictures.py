"""Pictures made for a test, and the reason for which a file is refused."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from workflow.core.refusals import Reason, Refused
from workflow.store.contents import checked

RED, BLUE = (254, 0, 0), (0, 0, 254)


def why(data: bytes) -> Reason:
    with pytest.raises(Refused) as caught:
        checked(data)
    (refusal,) = caught.value.refusals
    return refusal.reason


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def halves() -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (80, 40), RED)
    picture.paste(BLUE, (40, 0, 80, 40))
    return picture


def exif(orientation: int) -> Image.Exif:
    told = Image.Exif()
    told[ExifTags.Base.Orientation] = orientation
    told[ExifTags.Base.Make] = "SECRET phone"
    told.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 22.0, 33.0)
    return told
