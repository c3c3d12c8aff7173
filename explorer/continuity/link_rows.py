"""Links as rows of a file, each with both of its statements in both languages."""

from collections.abc import Iterable, Iterator

from explorer.exports.columns import page_address
from statements.models import Link, Statement

LINK_ENDS = ("later", "earlier")
LINK_COLUMNS = (
    *("later", "later_kind", "later_ko", "later_en", "relation"),
    *("earlier", "earlier_kind", "earlier_ko", "earlier_en"),
    *("rationale_ko", "rationale_en", "state"),
    *("later_url_ko", "later_url_en", "earlier_url_ko", "earlier_url_en"),
)


def link_rows(links: Iterable[Link], origin: str) -> Iterator[dict[str, str]]:
    for link in links:
        row = {
            "relation": link.relation,
            "rationale_ko": link.rationale_ko,
            "rationale_en": link.rationale_en,
            "state": link.state,
        }
        for end in LINK_ENDS:
            row |= link_end(end, getattr(link, end), origin)
        yield row


def link_end(end: str, statement: Statement, origin: str) -> dict[str, str]:
    return {
        end: statement.code,
        f"{end}_kind": statement.kind,
        f"{end}_ko": join_title_and_text(statement.title_ko, statement.text_ko),
        f"{end}_en": join_title_and_text(statement.title_en, statement.text_en),
        f"{end}_url_ko": page_address("ko", statement.code, statement.kind, origin),
        f"{end}_url_en": page_address("en", statement.code, statement.kind, origin),
    }


def join_title_and_text(title: str, text: str) -> str:
    return "\n".join(filter(None, (title, text)))
