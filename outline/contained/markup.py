"""XML from outside, by a handler on expat: without a document type there are no
entities, so that nothing grows and nothing is fetched.
"""

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from outline.contained.refusal import Refused

DEEPEST = 200
LARGEST_BLOCK = 1024 * 1024
OUT_OF_MEMORY = 1
#: Reasons, each with its line.
ILL_FORMED, ENCODING = "ill-formed", "encoding"
DOCUMENT_TYPE, DEEP = "document-type", "deep"


class Markup:
    """Names come without their namespaces; a subclass says what it makes of them."""

    def __init__(self) -> None:
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.refuse_document_type
        self.parser.StartElementHandler = self.open_element
        self.parser.EndElementHandler = self.close_element
        self.parser.CharacterDataHandler = self.text

    def parse(self, content: bytes) -> None:
        """Raises Refused."""
        for _block in self.blocks(content):
            pass

    def blocks(self, content: bytes) -> Iterator[None]:
        """Parses block after block, so that what was found may be taken meanwhile."""
        for at in range(0, len(content) + 1, LARGEST_BLOCK):
            block = content[at : at + LARGEST_BLOCK]
            try:
                self.parser.Parse(block, len(block) < LARGEST_BLOCK)
            except expat.ExpatError as error:
                if error.code == OUT_OF_MEMORY:
                    raise MemoryError from error
                reason = expat.ErrorString(error.code) or ""
                raise Refused(ILL_FORMED, line=error.lineno, error=reason) from error
            except (ValueError, LookupError, OSError) as error:
                raise Refused(ENCODING, line=1) from error
            yield

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber

    def plain(self, name: str) -> str:
        """The name of an element or attribute without its namespace."""
        return name.rpartition(" ")[2]

    def refuse_document_type(self, *_declared: object) -> NoReturn:
        raise Refused(DOCUMENT_TYPE, line=self.line)

    def open_element(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(DEEP, line=self.line)
        self.start(self.plain(name), attributes)

    def close_element(self, name: str) -> None:
        self.depth -= 1
        self.end(self.plain(name))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element has ended."""

    def text(self, text: str) -> None:
        """Text stands in an element."""
