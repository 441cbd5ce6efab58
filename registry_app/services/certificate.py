"""A certificate's signature on top of a filed report (PAdES), and who put it there.

The filed bytes stay the beginning of the signed file: pyHanko adds one revision that
holds the signature and nothing else. No network: no time stamp server, no revocation
list is asked.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from registry_app.domain.errors import Refused
from registry_app.services.desk import Desk
from registry_app.services.reports import filed_pdf

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_FIELD: Final = "Signature"


def with_certificate(
    desk: Desk, number: str, pkcs12: bytes, password: str, *, reason: str = ""
) -> bytes:
    """The newest file of a report, signed with the key of a PKCS#12 file.

    `reason`: written into the signature. Nothing is filed: what is filed stays as it
    is, and the signed file is known by it. Raises NotFound for a number that was not
    filed, Refused where the key cannot be read with this password.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    pdf = filed_pdf(desk, number)
    signer = signers.SimpleSigner.load_pkcs12_data(
        pkcs12, other_certs=[], passphrase=password.encode()
    )
    if signer is None:
        raise Refused("report_service.no-certificate")
    meta = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        reason=reason or None,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return bytes(signers.sign_pdf(writer, meta, signer=signer).getvalue())


def added_to(pdf: bytes) -> tuple[str, ...]:
    """Whose certificates have signed a file since its first revision.

    Nobody, where anything but whole signatures was added. Whether a certificate is to
    be trusted is for the reader to say: it is named, and no authority is asked.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult
    from pyhanko.sign.general import SigningError

    try:
        reader = PdfFileReader(BytesIO(pdf))
        found = reader.embedded_signatures
        if not found or reader.xrefs.total_revisions != len(found) + 1:
            return ()
        added = DEFAULT_DIFF_POLICY.review_file(reader, 0)
        names = {each.field_name for each in found}
        if not isinstance(added, DiffResult) or added.changed_form_fields != names:
            return ()
        return tuple(map(_signer, found)) if _all_whole(found) else ()
    except (PdfError, SigningError, ValueError, KeyError, TypeError):
        return ()


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
    return last and all(one.intact and one.valid for one in told)


def _signer(signature: "EmbeddedPdfSignature") -> str:
    subject = signature.signer_cert.subject.native
    return str(
        subject.get("common_name") or signature.signer_cert.subject.human_friendly
    )
