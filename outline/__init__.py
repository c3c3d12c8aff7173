"""Reads Korean outline documents into trees of paragraphs. Plain Python, no Django."""

from outline.dialects import DIALECTS
from outline.errors import OutlineError
from outline.paragraph import Paragraph
from outline.reader import decode, read_lines

__all__ = ["DIALECTS", "OutlineError", "Paragraph", "decode", "read_lines"]
