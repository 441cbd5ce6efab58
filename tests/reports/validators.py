"""Validators of other makers: what they say of a PDF."""

import re
import subprocess
from functools import cache

_JARS = (
    ("libpdfbox2-java", "preflight.jar"),
    ("libpdfbox2-java", "pdfbox2.jar"),
    ("libpdfbox2-java", "xmpbox.jar"),
    ("libfontbox2-java", "fontbox2.jar"),
    ("libcommons-logging-java", "commons-logging.jar"),
    ("libactivation-java", "javax.activation.jar"),
    ("libjaxb-api-java", "jaxb-api.jar"),
)


def said(*command, timeout=120):
    """What a program prints, and whether it was content."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=timeout, check=False
    )
    return done.returncode, done.stdout, done.stderr


@cache
def _classes():
    found = []
    for package, name in _JARS:
        listed = said("dpkg", "-L", package)[1].splitlines()
        found.append(next(path for path in listed if path.endswith(f"/{name}")))
    return ":".join(found)


def preflight(path):
    """What PDFBox Preflight finds against PDF/A-1b; "" for a valid file."""
    validator = "org.apache.pdfbox.preflight.Validator_A1b"
    _, out, err = said("java", "-cp", _classes(), validator, f"{path}")
    return "" if "is a valid PDF/A-1b file" in out else out + err


def qpdf(path):
    """What qpdf complains of; "" for a sound file."""
    code, out, err = said("qpdf", "--check", f"{path}")
    return "" if not code and not err and "No syntax" in out else out + err


def poppler(path):
    """The facts of pdfinfo, and what it complains of."""
    code, out, err = said("pdfinfo", f"{path}")
    facts = dict(re.findall(r"^([^:\n]+): +(.*)$", out, re.MULTILINE))
    return facts, err if not code else f"{code} {err}"


def attached(path, into):
    """The files inside, by their names, as poppler gives them back."""
    code, _, err = said("pdfdetach", "-saveall", "-o", f"{into}", f"{path}")
    assert not code, err
    assert not err
    return {file.name: file.read_bytes() for file in into.iterdir()}
