"""PDF/A: what an archive needs to read the file in decades; and whose it is.

reportlab writes the pages; here they get metadata in XMP, the colour profile by which
their greys are meant, the figures behind them as attached files (PDF/A-3b; without them
the file claims 1b), and the marks by which the registry knows its report again. The
same pages give the same bytes.
"""

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

import pikepdf

from registry_app.reports.claim import claim, claimed, with_claim
from registry_app.reports.profile import srgb

#: The keys of the document information dictionary under which a report names itself.
MARKS: Final = (
    *("RegistryId", "ReportNumber", "ReportKind", "SubjectId"),
    *("CutSequence", "CutHead"),
    *("ContentDigest", "EngineVersion", "TemplateVersion", "Options"),
)
#: No clock: the file is as old as its data, which the pages tell.
_NO_TIME: Final = ("D:20000101000000+00'00'", "2000-01-01T00:00:00+00:00")
_LINKED: Final = 4  # annotations are printed: PDF/A wants every one of them so

_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:identifier>{claim}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>{Lang}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{Author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{Subject}</rdf:li></rdf:Alt>
</dc:description>
<pdf:Keywords>{Keywords}</pdf:Keywords>
<pdf:Producer>{Producer}</pdf:Producer>
<xmp:CreatorTool>{Creator}</xmp:CreatorTool>
<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the report. `relation`: its AFRelationship to the pages."""

    name: str
    mime: str
    relation: str
    content: bytes


def archive(
    pages: bytes,
    marks: Mapping[str, str],
    attached: Sequence[Attachment] = (),
    going: Callable[[int], None] = lambda _percent: None,
) -> bytes:
    """The pages as PDF/A that carries its `marks` (by the names of MARKS).

    With files attached it claims 3b, else 1b. `going` is told how much is written, in
    percent: between two calls of it no other thread has its turn.
    """
    whose = claim(marks.get("RegistryId", ""), marks.get("ReportNumber", ""))
    with pikepdf.open(BytesIO(pages)) as pdf:
        info = pdf.docinfo
        if "/Trapped" in info:
            del info["/Trapped"]
        info["/CreationDate"] = info["/ModDate"] = _NO_TIME[0]
        for name, value in marks.items():
            info[f"/{name}"] = value
        for page in pdf.pages:
            for link in page.get("/Annots", []):
                link["/F"] = _LINKED
        _describe(pdf, whose, part=3 if attached else 1)
        _intend(pdf)
        _attach(pdf, attached)
        into = BytesIO()
        pdf.save(
            into,
            deterministic_id=True,
            fix_metadata_version=False,
            force_version="1.7" if attached else "1.4",
            # The table of places stays plain: the claim is put in before it.
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            progress=going,
        )
    return with_claim(into.getvalue(), whose)


def marks_of(pdf: bytes) -> dict[str, str]:
    """The marks that a file carries; none of a file that is no PDF, or not ours."""
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            info = opened.docinfo
            return {name: str(info[f"/{name}"]) for name in MARKS if f"/{name}" in info}
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return {}


def written_options(options: Mapping[str, str]) -> str:
    """How a report was asked for, as one mark: ``draft=no; languages=ja+en``."""
    return "; ".join(f"{name}={options[name]}" for name in sorted(options))


def options_of(pdf: bytes) -> dict[str, str]:
    """What `written_options` has marked in a file. Raises ValueError for others."""
    marked = marks_of(pdf).get("Options", "")
    return dict(pair.split("=", 1) for pair in marked.split("; ") if pair)


def _describe(pdf: pikepdf.Pdf, whose: str, *, part: int) -> None:
    """XMP that says the same as the information dictionary."""
    names = ("Title", "Author", "Subject", "Keywords", "Producer", "Creator")
    info = pdf.docinfo
    said = {n: escape(str(info[f"/{n}"])) if f"/{n}" in info else "" for n in names}
    language = escape(str(pdf.Root.get("/Lang", "")))
    more = {"time": _NO_TIME[1], "claim": escape(whose), "part": part}
    xmp = _XMP.format(**said, Lang=language, **more)
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


def _attach(pdf: pikepdf.Pdf, attached: Sequence[Attachment]) -> None:
    """The files, named for readers and for the archive."""
    specs = []
    for each in attached:
        stream = pikepdf.Stream(pdf, b"")
        # Made small here and not as the file is written: other threads go on meanwhile.
        stream.write(zlib.compress(each.content), filter=pikepdf.Name.FlateDecode)
        stream["/Type"] = pikepdf.Name.EmbeddedFile
        stream["/Subtype"] = pikepdf.Name(f"/{each.mime}")
        stream["/Params"] = pikepdf.Dictionary(
            Size=len(each.content), ModDate=pikepdf.String(_NO_TIME[0])
        )
        inside = pdf.make_indirect(stream)
        spec = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec,
            F=pikepdf.String(each.name),
            UF=pikepdf.String(each.name),
            AFRelationship=pikepdf.Name(f"/{each.relation}"),
            EF=pikepdf.Dictionary(F=inside, UF=inside),
        )
        specs.append((each.name, pdf.make_indirect(spec)))
    if not specs:
        return
    # In order of their names, as a name tree has to be.
    listed = [
        part
        for name, spec in sorted(specs, key=lambda one: one[0])
        for part in (pikepdf.String(name), spec)
    ]
    names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=listed))
    pdf.Root["/Names"] = pdf.make_indirect(names)
    pdf.Root["/AF"] = pikepdf.Array([spec for _, spec in specs])


__all__ = [
    "MARKS",
    "Attachment",
    "archive",
    "claimed",
    "marks_of",
    "options_of",
    "written_options",
]
