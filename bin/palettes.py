"""Makes a PNG of a screen small: at most 256 colours, most of them the commonest, the others those that have nothing
near them; each that is given up becomes the nearest kept. PNG only.

Reads what Chromium writes (8 bits, RGB or RGBA, not interlaced; https://www.w3.org/TR/png/), and drops transparency.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
COMMON = 200  # of them the commonest; the others keep small bright things from turning into something else
RARE = 3000  # among so many of the next

Colour = tuple[int, int, int]


def reduced(png: bytes) -> bytes:
    width, height, rows = pixels(png)
    counts = Counter(colour for row in rows for colour in row)
    common = [colour for colour, _ in counts.most_common(COMMON + RARE)]
    kept = spread(common[:COMMON], common[COMMON:])
    place = {colour: index for index, colour in enumerate(kept)}

    @cache
    def nearest(colour: Colour) -> int:
        return min(range(len(kept)), key=lambda index: distance(kept[index], colour))

    lines = (bytes([0, *(place[one] if one in place else nearest(one) for one in row)]) for row in rows)
    content = zlib.compress(b"".join(lines), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = bytes(value for colour in kept for value in colour)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"PLTE", palette) + chunk(b"IDAT", content) + chunk(b"IEND", b"")


def spread(kept: list[Colour], others: list[Colour]) -> list[Colour]:
    """`kept` and, up to COLOURS of all, each time the one of the others that is furthest from those."""
    away = {one: min(distance(one, colour) for colour in kept) for one in others}
    all_of_them = list(kept)
    while away and len(all_of_them) < COLOURS:
        furthest = max(away, key=lambda one: away[one])
        all_of_them.append(furthest)
        away = {one: min(far, distance(one, furthest)) for one, far in away.items() if one != furthest}
    return all_of_them


def distance(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pixels(png: bytes) -> tuple[int, int, list[list[Colour]]]:
    """Width, height and rows of colours."""
    found = list(chunks(png))
    width, height, depth, kind = struct.unpack(">IIBB", found[0][1][:10])
    assert (depth, kind) in {(8, 2), (8, 6)}, "only 8-bit RGB and RGBA"
    step = 3 if kind == 2 else 4
    stream = zlib.decompress(b"".join(content for name, content in found if name == b"IDAT"))
    before, rows = bytearray(width * step), []
    for at in range(0, len(stream), width * step + 1):
        before = unfiltered(stream[at], bytearray(stream[at + 1 : at + 1 + width * step]), before, step)
        rows.append(list(zip(before[0::step], before[1::step], before[2::step], strict=True)))
    return width, height, rows


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def unfiltered(kind: int, line: bytearray, above: bytearray, step: int) -> bytearray:
    """Undo the filter of one line; the bytes left of it and above it count as 0 at the edges."""
    for index in range(len(line)):
        left = line[index - step] if index >= step else 0
        corner = above[index - step] if index >= step else 0
        guess = (0, left, above[index], (left + above[index]) // 2, paeth(left, above[index], corner))[kind]
        line[index] = (line[index] + guess) & 255
    return line


def paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
