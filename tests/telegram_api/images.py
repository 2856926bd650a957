"""What the fake knows of pictures: PNG files, read as strictly as whoever shows them would."""

import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Parts of a pixel's colour, by PNG's number for the kind of colour.
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def size_of(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels.

    Raises:
        ValueError: it is no PNG, is cut short, or holds less or other than it says.
    """
    chunks = _chunks(image)
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13 or chunks[-1][0] != b"IEND":
        raise ValueError("no header or no end")
    head = chunks[0][1]
    width, height, depth, colour = int.from_bytes(head[:4]), int.from_bytes(head[4:8]), head[8], head[9]
    try:
        pixels = zlib.decompress(b"".join(content for name, content in chunks if name == b"IDAT"))
    except zlib.error as error:
        raise ValueError("the pixels cannot be unpacked") from error
    row = 1 + (width * _SAMPLES.get(colour, 0) * depth + 7) // 8
    interlaced = head[12] == 1
    if not interlaced and len(pixels) != row * height:
        raise ValueError(f"{len(pixels)} bytes of pixels, not {row * height}")
    return width, height


def _chunks(image: bytes) -> list[tuple[bytes, bytes]]:
    """The parts of a PNG, each with its name; a wrong check sum or a part cut short is an error."""
    if not image.startswith(SIGNATURE):
        raise ValueError("no PNG")
    chunks: list[tuple[bytes, bytes]] = []
    at = len(SIGNATURE)
    while at < len(image):
        length, name = int.from_bytes(image[at : at + 4]), image[at + 4 : at + 8]
        content, check = image[at + 8 : at + 8 + length], image[at + 8 + length : at + 12 + length]
        if len(check) != 4 or zlib.crc32(name + content) != int.from_bytes(check):
            raise ValueError(f"the part {name!r} is damaged")
        chunks.append((name, content))
        at += 12 + length
    return chunks


def blank(width: int, height: int, note: bytes = b"") -> bytes:
    """A black PNG, with any bytes in it that a test wants."""
    head = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    pixels = zlib.compress(bytes(1 + (width + 7) // 8) * height)
    parts = [(b"IHDR", head), (b"tEXt", b"note\0" + note), (b"IDAT", pixels), (b"IEND", b"")]
    return SIGNATURE + b"".join(
        len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4) for name, content in parts
    )
