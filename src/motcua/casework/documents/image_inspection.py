"""Pictures: do they decode to the last line, are they of a sane size, is anything to be seen on them."""

from pathlib import Path

from PIL import Image, ImageStat, UnidentifiedImageError

from motcua.casework.documents.file_types import FileBroken, FileTooComplex

# A JPG is decoded at an eighth of its size, a PNG only whole: hence two limits for about the same memory.
JPEG_PIXELS = 150_000_000
PNG_PIXELS = 50_000_000
SMALL_SIDE = 600
BLANK_DEVIATION = 2.0
_FORMATS = ("JPEG", "PNG")
Image.MAX_IMAGE_PIXELS = JPEG_PIXELS  # Pillow's own alarm, for every picture opened in this process


def inspect(path: Path) -> tuple[str, ...]:
    """Decode the picture at `path` and return its warnings.

    Raises:
        FileBroken: it does not decode to its end.
        FileTooComplex: it has more pixels than a scanned page can need.
    """
    try:
        with Image.open(path, formats=_FORMATS) as image:
            return tuple(_look(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileTooComplex from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise FileBroken from error


def _look(image: Image.Image) -> list[str]:
    width, height = image.size
    if width * height > (JPEG_PIXELS if image.format == "JPEG" else PNG_PIXELS):
        raise FileTooComplex
    found = []
    if min(width, height) < SMALL_SIDE:
        found.append("small-image")
    if image.format == "JPEG":
        image.draft("L", (width // 8, height // 8))
    image.load()
    image.thumbnail((256, 256))
    if ImageStat.Stat(_on_white(image)).stddev[0] < BLANK_DEVIATION:
        found.append("blank-image")
    return sorted(found)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        sheet = Image.new("RGBA", image.size, "white")
        sheet.alpha_composite(image.convert("RGBA"))
        return sheet.convert("L")
    return image.convert("L")
