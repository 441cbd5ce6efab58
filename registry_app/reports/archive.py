"""PDF/A-1b: what an archive needs to read the file in decades; and whose it is.

reportlab writes the pages; here they get metadata in XMP, the colour profile by which
their greys are meant, and the marks by which the registry knows its report again. The
same pages give the same bytes.
"""

import struct
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

import pikepdf

#: The keys of the document information dictionary under which a report names itself.
MARKS: Final = (
    *("RegistryId", "ReportNumber", "ReportKind", "SubjectId"),
    *("CutSequence", "CutHead"),
    *("ContentDigest", "EngineVersion", "TemplateVersion", "Options"),
)
#: No clock: the file is as old as its data, which the pages tell.
_NO_TIME: Final = ("D:20000101000000+00'00'", "2000-01-01T00:00:00+00:00")

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>{Lang}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{Author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{Subject}</rdf:li></rdf:Alt>
</dc:description>
<pdf:Keywords>{Keywords}</pdf:Keywords>
<pdf:Producer>{Producer}</pdf:Producer>
<xmp:CreatorTool>{Creator}</xmp:CreatorTool>
<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def archive(pages: bytes, marks: Mapping[str, str]) -> bytes:
    """The pages as PDF/A-1b that carries its `marks` (by the names of MARKS)."""
    with pikepdf.open(BytesIO(pages)) as pdf:
        info = pdf.docinfo
        if "/Trapped" in info:
            del info["/Trapped"]
        info["/CreationDate"] = info["/ModDate"] = _NO_TIME[0]
        for name, value in marks.items():
            info[f"/{name}"] = value
        _describe(pdf)
        _intend(pdf)
        into = BytesIO()
        pdf.save(
            into,
            deterministic_id=True,
            fix_metadata_version=False,
            force_version="1.4",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return into.getvalue()


def marks_of(pdf: bytes) -> dict[str, str]:
    """The marks that a file carries; none of a file that is no PDF, or not ours."""
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            info = opened.docinfo
            return {name: str(info[f"/{name}"]) for name in MARKS if f"/{name}" in info}
    except pikepdf.PdfError:
        return {}


def written_options(options: Mapping[str, str]) -> str:
    """How a report was asked for, as one mark: ``draft=no; languages=ja+en``."""
    return "; ".join(f"{name}={options[name]}" for name in sorted(options))


def options_of(pdf: bytes) -> dict[str, str]:
    """What `written_options` has marked in a file. Raises ValueError for others."""
    marked = marks_of(pdf).get("Options", "")
    return dict(pair.split("=", 1) for pair in marked.split("; ") if pair)


def _describe(pdf: pikepdf.Pdf) -> None:
    """XMP that says the same as the information dictionary."""
    names = ("Title", "Author", "Subject", "Keywords", "Producer", "Creator")
    info = pdf.docinfo
    said = {n: escape(str(info[f"/{n}"])) if f"/{n}" in info else "" for n in names}
    language = escape(str(pdf.Root.get("/Lang", "")))
    xmp = _XMP.format(**said, Lang=language, time=_NO_TIME[1])
    stream = pikepdf.Stream(pdf, xmp.encode())
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root["/Metadata"] = pdf.make_indirect(stream)


def _intend(pdf: pikepdf.Pdf) -> None:
    """What colours mean: sRGB."""
    profile = pikepdf.Stream(pdf, srgb())
    profile["/N"] = 3
    name = "sRGB IEC61966-2.1"
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=name,
        Info=name,
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root["/OutputIntents"] = pikepdf.Array([pdf.make_indirect(intent)])


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
