"""A certificate's signature on top of a filed report (PAdES), and who put it there.

The filed bytes stay the beginning of the signed file: pyHanko adds one revision that
holds the signature and nothing else. No network: no time stamp server, no revocation
list is asked.
"""

import logging
from collections.abc import Collection, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from registry_app.domain.errors import Refused
from registry_app.domain.rights import Deed
from registry_app.services.desk import Desk
from registry_app.services.reports import filed_pdf
from registry_app.services.rights import needs

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_FIELD: Final = "Signature"


@needs(Deed.SIGN)
def with_certificate(desk: Desk, number: str, pkcs12: bytes, password: str) -> bytes:
    """The newest file of a report, signed with the key of a PKCS#12 file.

    Nothing is filed: what is filed stays as it is, and the signed file is known by it.
    Raises NotFound for a number that was not
    filed, Refused where the key cannot be read with this password.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    pdf = filed_pdf(desk, number)
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(
            pkcs12, other_certs=[], passphrase=password.encode()
        )
    except ValueError:
        raise Refused("report_service.no-certificate") from None
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    signed: bytes = signers.sign_pdf(writer, meta, signer=signer).getvalue()
    return signed


def added_to(pdf: bytes) -> tuple[str, ...]:
    """Whose certificates have signed a file since its first revision.

    Nobody, where anything but whole signatures was added. Whether a certificate is to
    be trusted is for the reader to say: it is named, and no authority is asked.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    # What pyHanko finds suspicious it also logs, with the text of the file.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        found = reader.embedded_signatures
        if found and _only_a_field(reader, found[0]) and _all_whole(found):
            padded = all(_padded_with_nothing(each.pkcs7_content) for each in found)
            return tuple(map(_signer, found)) if padded else ()
    except Exception:
        # It may be any file that begins as a report: what the library cannot read, in
        # whatever way it says so, is no sound signature.
        return ()
    return ()


def _only_a_field(reader: Any, first: "EmbeddedPdfSignature") -> bool:
    """Whether the second revision adds an unseen signature field, and nothing else.

    pyHanko compares forms; a filed report has none. The objects that are written anew
    may be the catalogue, which gets the form and the version of PDF that it needs, a
    page, which gets the field as its last annotation, and the day of the change in both
    places that tell it.
    """
    old, new = (reader.get_historical_resolver(n) for n in (0, 1))
    form = new.root["/AcroForm"]
    field = form["/Fields"].raw_get(0)
    widget = first.sig_field
    page = widget.raw_get("/P").reference
    free = {
        new.root_ref: {"/AcroForm", "/Extensions", "/Version"},
        page: {"/Annots"},
        reader.trailer_view.raw_get("/Info").reference: {"/ModDate", "/Producer"},
    }
    anew = {ref for ref in new.explicit_refs_in_revision() if _known(reader, ref)}
    anew.discard(new.root.raw_get("/Metadata").reference)
    annotations = [_written(one) for one in new(page)["/Annots"]]
    before = [_written(one) for one in old(page).get("/Annots", ())]
    return (
        not new.refs_freed_in_revision()
        and anew <= set(free)
        and all(_but(old(ref), free[ref]) == _but(new(ref), free[ref]) for ref in anew)
        and set(form) <= {"/Fields", "/SigFlags"}
        and len(form["/Fields"]) == 1
        and annotations == [*before, _written(field)]
        and [float(edge) for edge in widget["/Rect"]] == [0.0] * 4
        and first.signed_revision == 1
    )


def _known(reader: Any, ref: Any) -> bool:
    """Whether an object was there in the first revision."""
    return bool(reader.xrefs.get_introducing_revision(ref) == 0)


def _but(dictionary: Any, names: Collection[str]) -> dict[str, bytes]:
    """What a dictionary says, as it is written, but for some names."""
    return {
        name: _written(dictionary.raw_get(name))
        for name in dictionary
        if name not in names
    }


def _written(value: Any) -> bytes:
    into = BytesIO()
    value.write_to_stream(into)
    return into.getvalue()


def _all_whole(found: Sequence["EmbeddedPdfSignature"]) -> bool:
    """Whether each signature holds, and the last one covers the whole file."""
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    told = [
        validate_pdf_signature(
            each, ValidationContext(trust_roots=[], allow_fetching=False)
        )
        for each in found
    ]
    last = told[-1].coverage is SignatureCoverageLevel.ENTIRE_FILE
    return last and all(one.intact and one.valid and one.docmdp_ok for one in told)


def _padded_with_nothing(content: bytes) -> bool:
    """Whether nothing stands after a signature, in the room that was kept for it.

    No signature covers that room.
    """
    from asn1crypto.parser import peek  # type: ignore[import-untyped]

    return not any(content[peek(content) :])


def _signer(signature: "EmbeddedPdfSignature") -> str:
    subject = signature.signer_cert.subject.native
    return str(
        subject.get("common_name") or signature.signer_cert.subject.human_friendly
    )
