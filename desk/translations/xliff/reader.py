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
        refusal.BROKEN: _("the file is damaged: export it anew."),
        refusal.LARGE: _("The file is too large: export by document or by state."),
        markup.ILL_FORMED: _("this is no well-formed XML (%(error)s)."),
        markup.ENCODING: _("the encoding is unknown; UTF-8 is right."),
        markup.DOCUMENT_TYPE: _("a document type declaration is not accepted."),
        markup.DEEP: _("there are too many elements inside each other."),
        unit_file.NO_UNITS: _("there is no trans-unit in the file."),
        unit_file.MANY_UNITS: _(
            "there are more than %(n)s units: export by document or by state."
        ),
        unit_file.OTHER_ROOT: _(
            "this is no XLIFF 1.2: its first element is another one."
        ),
        unit_file.CODE_INSIDE: _(
            "texts have no codes inside; this one has <%(name)s>."
        ),
        unit_file.TWICE: _("this unit has a second <%(name)s>."),
        unit_file.LANGUAGE: _("the %(name)s is %(language)s, not %(wanted)s."),
        unit_file.NO_MARKS: _(
            "unit “%(id)s” has lost its extradata: export the file anew."
        ),
    }
    problem = explain(refused, sentences)
    if "line" not in refused.values:
        return problem
    line = refused.values["line"]
    return _("Line %(line)s: %(problem)s") % {"line": line, "problem": problem}
