"""Statements as XLIFF 1.2, the form of translators' tools: written, and read again.

One unit a text, its id the code and the field. `extradata` has the fingerprints of the
statement’s Korean and of the English in the file: by them a file is understood that
comes back after either has changed.
"""

import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree

from desk.translations.editor import english_fields, one_line
from desk.translations.xliff.unit import NAMESPACE
from statements.models import Statement, TranslationState

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: The characters that XML 1.0 has no way to write.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: By these a tool knows what there is still to do.
STATES = {
    TranslationState.OUTDATED: "needs-translation",
    TranslationState.DRAFT: "needs-review-translation",
    TranslationState.REVIEWED: "signed-off",
    TranslationState.MISSING: "needs-translation",
}


def mark_of(english: str) -> str:
    """By this an English text is known again, however a tool has wrapped it."""
    kept = one_line(writable(english))
    return hashlib.md5(kept.encode(), usedforsecurity=False).hexdigest()


def write_xliff(statements: Iterable[Statement]) -> bytes:
    """Statements document by document, each of them a file element."""
    ElementTree.register_namespace("", NAMESPACE)
    root = element(None, "xliff", version="1.2")
    for slug, of_document in groupby(statements, lambda s: s.document.slug):
        file = element(
            root,
            "file",
            original=slug,
            datatype="plaintext",
            **{"source-language": "ko", "target-language": "en"},
        )
        body = element(file, "body")
        for statement in of_document:
            add_units(body, statement)
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def add_units(body: ElementTree.Element, statement: Statement) -> None:
    state = statement.translation_state
    for name in english_fields(statement):
        korean, english = (
            getattr(statement, f"{name}_{code}") for code in ("ko", "en")
        )
        unit = element(
            body,
            "trans-unit",
            id=f"{statement.code}:{name}",
            resname=statement.code,
            extradata=f"{statement.korean_fingerprint}:{mark_of(english)}",
            approved="yes" if state == TranslationState.REVIEWED else "no",
        )
        element(unit, "source", **{XML_LANG: "ko"}).text = writable(korean)
        if english:
            target = element(unit, "target", state=STATES[state], **{XML_LANG: "en"})
            target.text = writable(english)
        element(unit, "note").text = f"{statement.kind}; {state.value}"


def element(
    parent: ElementTree.Element | None, name: str, **attributes: str
) -> ElementTree.Element:
    tag = f"{{{NAMESPACE}}}{name}"
    if parent is None:
        return ElementTree.Element(tag, attributes)
    return ElementTree.SubElement(parent, tag, attributes)


def writable(text: str) -> str:
    return UNWRITABLE.sub(" ", text)
