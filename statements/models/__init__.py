from statements.models.documents import Document, DocumentKind
from statements.models.entries import Entry, EntryAct, EntryKind, EntryRevision
from statements.models.facts import Event, Figure, StatusUpdate
from statements.models.guard import (
    GateClosed,
    NeverChanged,
    NeverDeleted,
    SlugNeverChanged,
)
from statements.models.kinds import (
    COUNTED_KINDS,
    LINKED_KINDS,
    TITLE_ONLY_KINDS,
    WITHIN_KINDS,
    Kind,
    Nature,
    PartNature,
    Precision,
    Qualifier,
    Status,
)
from statements.models.links import Link, Relation
from statements.models.mentions import Fact
from statements.models.paragraphs import Exclusion, Paragraph
from statements.models.public import PublicContent
from statements.models.queries import (
    KindManager,
    StatementQuerySet,
    give_points,
    mark_within,
)
from statements.models.revision import DataVersion, Revision, VersionStep
from statements.models.statement import Statement
from statements.models.states import LinkState, PublicationState, TranslationState
from statements.models.vocabulary import (
    Category,
    Country,
    GlossaryTerm,
    Organisation,
    Region,
    Theme,
)

__all__ = [
    "Category",
    "GlossaryTerm",
    "COUNTED_KINDS",
    "LINKED_KINDS",
    "TITLE_ONLY_KINDS",
    "Country",
    "DataVersion",
    "Document",
    "DocumentKind",
    "Entry",
    "EntryAct",
    "EntryKind",
    "EntryRevision",
    "Event",
    "Exclusion",
    "Fact",
    "Figure",
    "GateClosed",
    "Kind",
    "KindManager",
    "Link",
    "LinkState",
    "Nature",
    "NeverChanged",
    "NeverDeleted",
    "Organisation",
    "Paragraph",
    "PartNature",
    "Precision",
    "PublicContent",
    "PublicationState",
    "Qualifier",
    "Region",
    "Relation",
    "Revision",
    "SlugNeverChanged",
    "Statement",
    "StatementQuerySet",
    "Status",
    "StatusUpdate",
    "Theme",
    "TranslationState",
    "VersionStep",
    "WITHIN_KINDS",
    "give_points",
    "mark_within",
]
