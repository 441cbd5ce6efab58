"""What a made-up pack of a hospital says, by version."""

FORM = """
[[form]]
id = "isncsci"
name = { ja = "検査", en = "Exam" }
source = ["S"]
confidence = "confirmed"
"""
VISIT = """
[[visit]]
id = "%s"
name = { ja = "来院", en = "Visit %s" }
anchor = "injury"
at = "P%dD"
before = 7
after = 7
forms = ["isncsci"]
source = ["S"]
confidence = "unconfirmed"
"""


def visits(**at):
    """The form, and a visit so many days after the injury: ``visits(first=49)``."""
    return FORM + "".join(VISIT % (name, name, day) for name, day in at.items())
