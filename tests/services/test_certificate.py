"""A certificate's signature on top of a filed report, and what else was added to it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from registry_app.domain.errors import NotFound, Refused
from registry_app.domain.report import Kind
from registry_app.domain.signature import Meaning
from registry_app.services.certificate import with_certificate
from registry_app.services.signing import sign
from registry_app.services.verifying import Standing, verify_report
from tests.builders import PASSWORD
from tests.services.report_room import a_patient, made

NAME, SECRET = "Made-up Hospital", "quince jelly"


def a_key(name=NAME, secret=SECRET):
    """A self-made certificate with its key, as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    usage = [True, True, *[False] * 7]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.KeyUsage(*usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(secret.encode())
    return pkcs12.serialize_key_and_certificates(b"key", key, certificate, None, locked)


@pytest.fixture
def report(desk):
    return made(desk, Kind.DISCLOSURE, a_patient(desk))


@pytest.fixture
def certified(desk, report):
    return with_certificate(desk, report.number, a_key(), SECRET)


def test_the_filed_bytes_stay_the_beginning_and_the_signer_is_named(
    desk, report, certified
):
    assert certified.startswith(report.pdf)
    verdict = verify_report(desk, certified)
    assert (verdict.standing, verdict.certified) == (Standing.SAME, (NAME,))
    assert verify_report(desk, report.pdf).certified == ()


def test_a_second_certificate_on_top_is_named_too(desk, report):
    # As another program would put it there: on the file that has one already.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    once = with_certificate(desk, report.number, a_key(), SECRET)
    other = signers.SimpleSigner.load_pkcs12_data(
        a_key("Another"), other_certs=[], passphrase=SECRET.encode()
    )
    meta = signers.PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(BytesIO(once))
    twice = signers.sign_pdf(writer, meta, signer=other).getvalue()

    assert verify_report(desk, twice).certified == (NAME, "Another")


def test_an_earlier_edition_with_a_certificate_is_known_as_such(desk, report):
    certified = with_certificate(desk, report.number, a_key(), SECRET)
    sign(desk, report.number, Meaning.PREPARED, PASSWORD)

    verdict = verify_report(desk, certified)

    assert (verdict.standing, verdict.earlier) == (Standing.SAME, True)
    assert verdict.certified == (NAME,)


def test_each_changed_byte_around_the_signature_is_told(desk, report, certified):
    """Inside of it the cryptography decides; the room after it must stay empty."""
    begin = certified.index(b"/Contents <", len(report.pdf)) + len(b"/Contents <")
    end = certified.index(b">", begin)
    padding = [end - 1, end - 200]
    before = range(len(report.pdf), begin)
    after = range(end, len(certified))
    for at in (*before[::23], *padding, *after[::11]):
        changed = bytearray(certified)
        changed[at] ^= 1
        verdict = verify_report(desk, bytes(changed))
        assert verdict.standing is Standing.ALTERED, at


def test_anything_else_that_was_added_is_altered(desk, report, certified):
    assert verify_report(desk, certified + b"\n").standing is Standing.ALTERED
    assert verify_report(desk, report.pdf + b"\n%").standing is Standing.ALTERED
    with pikepdf.open(BytesIO(certified)) as pdf:
        pdf.docinfo["/Title"] = "Something else"
        into = BytesIO()
        pdf.save(into)
    assert verify_report(desk, into.getvalue()).standing is Standing.ALTERED


def test_a_page_that_was_drawn_over_before_the_signature_is_altered(desk, report):
    from pyhanko.pdf_utils.generic import NameObject, StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    writer = IncrementalPdfFileWriter(BytesIO(report.pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    stream = writer.add_object(StreamObject(stream_data=b"0 0 99 99 re f"))
    page[NameObject("/Contents")] = stream
    writer.update_container(page)
    signer = signers.SimpleSigner.load_pkcs12_data(
        a_key(), other_certs=[], passphrase=SECRET.encode()
    )
    meta = signers.PdfSignatureMetadata(field_name="S", md_algorithm="sha256")
    signed = signers.sign_pdf(writer, meta, signer=signer).getvalue()

    assert signed.startswith(report.pdf)
    assert verify_report(desk, signed).standing is Standing.ALTERED


def test_a_wrong_password_or_no_key_is_refused_in_a_sentence(desk, report):
    for key, secret in ((a_key(), "wrong"), (b"no key", SECRET)):
        with pytest.raises(Refused, match=r"report_service\.no-certificate"):
            with_certificate(desk, report.number, key, secret)
    with pytest.raises(NotFound):
        with_certificate(desk, "R10-SAP-99-J", a_key(), SECRET)
