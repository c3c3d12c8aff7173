"""A page as a copy has it: its links lead into the copy, its forms are gone, and it
says at its top how old it is.
"""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

#: Where a link leads in the copy; None where the copy has nothing of it.
Locate = Callable[[str], str | None]
Attributes = list[tuple[str, str | None]]

LINKING = ("href", "src")
#: They say what the portal's own page is called, wherever it is read.
NAMING = ("canonical", "alternate")


class PageCopy(HTMLParser):
    """Writes a page again, sign for sign but for what changes.

    `ids` are the fragments that links may lead to; `markup` is the page.
    """

    def __init__(
        self,
        markup: str,
        locate: Locate,
        notice: str,
        elsewhere: str,
        instead: Callable[[bool], str],
    ) -> None:
        """`elsewhere` is where links lead that the copy has not; `instead` gives what
        stands in the place of a form, of a search (True) or another.
        """
        super().__init__(convert_charrefs=False)
        self.locate, self.notice = locate, notice
        self.elsewhere, self.instead = elsewhere, instead
        self.ids: set[str] = set()
        self.parts: list[str] = []
        self.is_in_body = self.is_in_form = False
        self.feed(markup)
        self.close()

    @property
    def markup(self) -> str:
        return "".join(self.parts)

    def write(self, text: str) -> None:
        if not self.is_in_form:
            self.parts.append(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.open(tag, attrs, ">")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.open(tag, attrs, " />")

    def open(self, tag: str, attrs: Attributes, end: str) -> None:
        if self.is_in_form:
            return
        # The ways past the head of the page stay the first things in it.
        if self.is_in_body and self.notice and tag != "a":
            self.parts.append(self.notice)
            self.notice = ""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "form":
            self.replace_form(values)
            return
        self.is_in_body = self.is_in_body or tag == "body"
        changed = self.relocated(tag, values, attrs)
        if changed == attrs:
            self.write(self.get_starttag_text() or "")
        elif changed is not None:
            self.write(f"<{tag}{''.join(map(attribute_text, changed))}{end}")

    def relocated(
        self, tag: str, values: dict[str, str], attrs: Attributes
    ) -> Attributes | None:
        """The attributes with links into the copy; None for what it does without."""
        if tag == "link" and values.get("rel") in NAMING and "type" not in values:
            return attrs
        changed: Attributes = []
        for name, value in attrs:
            if name in LINKING and value is not None:
                place = self.locate(value)
                if place is None and tag != "a":
                    return None
                value = self.elsewhere if place is None else place
            changed.append((name, value))
        return changed

    def replace_form(self, values: dict[str, str]) -> None:
        """Leaves a sentence in the place of a form, which others may lead to."""
        name = f' id="{escape(values["id"])}"' if "id" in values else ""
        words = self.instead(values.get("role") == "search")
        self.write(f"<p{name}>{words}</p>")
        self.is_in_form = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_in_form = False
            return
        self.write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.write(f"<!{decl}>")


def attribute_text(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
