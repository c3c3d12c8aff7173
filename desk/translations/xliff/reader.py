"""Reads the file of a translator's tool, and names the line that it cannot read."""

from typing import IO

from django.utils.translation import gettext as _

from desk.translations.xliff import unit_file
from desk.translations.xliff.unit import Unit
from desk.uploads.refusals import explain
from outline.contained import markup, refusal
from outline.contained.refusal import Refused
from outline.contained.runner import read_contained


class Unreadable(Exception):
    """The file as a whole is not what it should be."""


def read_xliff(file: IO[bytes] | bytes) -> list[Unit]:
    """Raises Unreadable."""
    try:
        units = read_contained(unit_file.read_units, file)
    except Refused as refused:
        raise Unreadable(reason_of_line(refused)) from refused
    return [Unit(*unit) for unit in units]


def reason_of_line(refused: Refused) -> str:
    """With the line, where a single one is to blame."""
    sentences = {
        refusal.BROKEN: _("The file is damaged. Export it again."),
        refusal.LARGE: _("The file is too large. Export by document or by state."),
        markup.ILL_FORMED: _("This is not well-formed XML (%(error)s)."),
        markup.ENCODING: _("The encoding is unknown. Save the file as UTF-8."),
        markup.DOCUMENT_TYPE: _(
            "A file with a document type declaration (DOCTYPE) is not accepted."
        ),
        markup.DEEP: _("Elements are nested too deeply."),
        unit_file.NO_UNITS: _("There is no translation unit (trans-unit) in the file."),
        unit_file.MANY_UNITS: _(
            "There are more than %(n)s translation units. Export by document or by "
            "state."
        ),
        unit_file.OTHER_ROOT: _(
            "This is not XLIFF 1.2. Its first element is different."
        ),
        unit_file.CODE_INSIDE: _(
            "Texts cannot contain tags, but this one has <%(name)s>."
        ),
        unit_file.TWICE: _("This translation unit has a second <%(name)s>."),
        unit_file.LANGUAGE: _("The %(name)s is %(language)s, not %(wanted)s."),
        unit_file.NO_MARKS: _(
            "The translation unit “%(id)s” has lost its extradata. Export the file "
            "again."
        ),
    }
    problem = explain(refused, sentences)
    if "line" not in refused.values:
        return problem
    line = refused.values["line"]
    return _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}
