"""The colour profile that says what greys mean: sRGB, as PDF/A-1 can read it."""

import struct


def srgb(points: int = 1024) -> bytes:
    """An ICC profile of sRGB, version 2.1: PDF/A-1 takes no version 4."""

    def fixed(value: float) -> bytes:
        return struct.pack(">i", round(value * 65536))

    def xyz(*values: float) -> bytes:
        return b"XYZ " + bytes(4) + b"".join(map(fixed, values))

    def decoded(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    steps = [round(decoded(n / (points - 1)) * 65535) for n in range(points)]
    curve = b"curv" + bytes(4) + struct.pack(f">I{points}H", points, *steps)
    name = b"sRGB IEC61966-2.1\0"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78),
        b"cprt": b"text" + bytes(4) + b"No copyright, use freely\0",
        b"wtpt": xyz(0.95045, 1.0, 1.08905),
        b"rXYZ": xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": xyz(0.14307, 0.06061, 0.71410),
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    offset, data, table = 128 + 4 + 12 * len(tags), b"", b""
    places: dict[bytes, int] = {}
    for key, tag in tags.items():
        if tag not in places:
            places[tag] = offset + len(data)
            data += tag + bytes(-len(tag) % 4)
        table += key + struct.pack(">II", places[tag], len(tag))
    head = struct.pack(
        ">I4sI4s4s4s",
        offset + len(data),
        bytes(4),
        0x02100000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
    )
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += b"".join(map(fixed, (0.9642, 1.0, 0.8249))) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + data
