"""Damage to a sound database, each by SQL behind the back of the portal.

Each has the beginning of the finding that tells of it, before which stands the name of
the check.
"""

from typing import NamedTuple

OF_C1 = "(SELECT id FROM statements_statement WHERE code = 'G1.C1')"
CHILD = "(SELECT id FROM statements_statement WHERE code = 'G2.C1.1')"
FIRST_LINK = "(SELECT MIN(id) FROM statements_link)"
TURNED = (
    "UPDATE statements_link SET later_id = earlier_id, earlier_id = later_id "
    f"WHERE id = {FIRST_LINK}"
)


class Corruption(NamedTuple):
    name: str
    sql: str
    finding: str

    @property
    def check(self) -> str:
        return self.finding.partition(":")[0]


CORRUPTIONS = [
    Corruption(
        "text changed beside the gate",
        "UPDATE statements_statement SET text_en = 'Other' WHERE code = 'G1.C1'",
        "history: G1.C1: not as its last revision has it: ['text_en']",
    ),
    Corruption(
        "history lost",
        f"DELETE FROM statements_revision WHERE statement_id = {CHILD} "
        "AND id NOT IN (SELECT base_id FROM desk_proposal)",
        "history: G2.C1.1: no revision",
    ),
    Corruption(
        "reason lost",
        "UPDATE statements_revision SET note_ko = '' WHERE id = 1",
        "history: revision 1: no reason in both languages",
    ),
    Corruption(
        "entry changed beside the gate",
        "UPDATE statements_theme SET name_en = 'Other' WHERE id = 1",
        "entries: theme 1: not as its last revision has it",
    ),
    Corruption(
        "entry gone",
        "DELETE FROM statements_glossaryterm WHERE id = 9",
        "entries: glossaryterm 9: its last revision says “add”",
    ),
    Corruption(
        "search entry lost",
        f"DELETE FROM statements_searchentry WHERE statement_id = {OF_C1}",
        "search: G1.C1: the search does not have it",
    ),
    Corruption(
        "search entry of other words",
        "UPDATE statements_searchentry SET tokens = ' form2 wother ' "
        f"WHERE statement_id = {OF_C1}",
        "search: G1.C1: the search has other words",
    ),
    Corruption(
        "search entry of a draft",
        "INSERT INTO statements_searchentry (statement_id, tokens, brevity) "
        "SELECT id, ' form2 ', 1 FROM statements_statement WHERE state = 'draft'",
        "search: statement ",
    ),
    Corruption(
        "order changed",
        "UPDATE statements_statement SET sort_key = '9' WHERE code = 'G2.C1.1'",
        "order: G2.C1.1: sort_key is “9”",
    ),
    Corruption(
        "root changed",
        "UPDATE statements_statement SET root_id = "
        "(SELECT id FROM statements_statement WHERE code = 'G2') WHERE code = 'G1.C1'",
        "order: G1.C1: root is",
    ),
    Corruption(
        "owner gone",
        "UPDATE statements_event SET statement_id = 999999 WHERE id = 1",
        "orphan: statements_event 1: statement_id 999999 is not there",
    ),
    Corruption(
        "account gone",
        "UPDATE desk_proposal SET author_id = 999999 WHERE id = 1",
        "orphan: desk_proposal 1: author_id 999999 is not there",
    ),
    Corruption(
        "link turned",
        TURNED,
        "links: ",
    ),
    Corruption(
        "inherited tags lost",
        f"DELETE FROM statements_statement_themes WHERE statement_id = {CHILD}",
        "tags: G2.C1.1: without the themes of its parent",
    ),
    Corruption(
        "version lost",
        "DELETE FROM statements_dataversion",
        "version: the version of the data is not one row",
    ),
    Corruption(
        "English of nothing",
        "UPDATE statements_statement SET en_from = '?' WHERE code = 'G1.C1'",
        "english: G1.C1: its English is of no Korean",
    ),
    Corruption(
        "Korean in one column of two",
        "UPDATE statements_statement SET title = 'X' WHERE code = 'G1.C1'",
        "texts: G1.C1: the columns title and title_ko differ",
    ),
    Corruption(
        "paragraph changed",
        "UPDATE statements_paragraph SET raw = 'X' WHERE id = 9",
        "paragraphs: goals:9: the paragraph is not that of its SHA-256",
    ),
    Corruption(
        "paragraph moved in its source",
        "UPDATE statements_paragraph SET first_line = first_line + 1, "
        "last_line = last_line + 1 WHERE id = 9",
        "paragraphs: goals:9: the paragraph is not in its lines of the original",
    ),
    Corruption(
        "source of another file",
        "UPDATE statements_document SET sha256 = 'f' WHERE slug = 'goals'",
        "files: goals: its SHA-256 is not that of the file",
    ),
    Corruption(
        "upload changed",
        "UPDATE desk_intake SET sha256 = 'f'",
        "files: intake 1: its file is not that of its SHA-256",
    ),
    Corruption(
        "source lost",
        "UPDATE statements_paragraph SET statement_id = NULL, exclusion = 'label' "
        f"WHERE statement_id = {CHILD}",
        "tracing: G2.C1.1: no paragraph of a source",
    ),
    Corruption(
        "content type lost",
        "DELETE FROM django_content_type WHERE model = 'upkeep'",
        "types: desk.upkeep: no content type",
    ),
    Corruption(
        "proposal without what it became",
        "UPDATE desk_proposal SET state = 'published', revision_id = "
        "(SELECT MIN(id) FROM statements_revision), decided_by_id = "
        "(SELECT MAX(id) FROM auth_user) WHERE id = 1",
        "proposals: proposal 1: published, without a revision of its statement",
    ),
    Corruption(
        "second step of another key",
        "UPDATE otp_totp_totpdevice SET key = 'AAAA' WHERE user_id = 1",
        "secrets: account 1: no key (SECRET_KEY, OTP_KEYS) opens its secret",
    ),
]
#: Of the files of SQLite, and of the sequences of PostgreSQL.
ON_SQLITE = [
    Corruption(
        "index of the search lost",
        "DELETE FROM statements_searchentry_fts_docsize WHERE id = 3",
        "database: the index of the search is not that of its table",
    ),
    Corruption(
        "numbers begin anew",
        "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'statements_revision'",
        "numbers: statements_revision: the next number is 1",
    ),
]
ON_POSTGRESQL = [
    Corruption(
        "numbers begin anew",
        "SELECT setval('statements_revision_id_seq', 1, false)",
        "numbers: statements_revision: the next number is 1",
    ),
]
