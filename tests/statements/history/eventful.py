"""Changes of every sort, as years of editing would bring them."""

import random

from statements.models import (
    Country,
    Document,
    Event,
    GlossaryTerm,
    Kind,
    Link,
    LinkState,
    PublicationState,
    Statement,
)
from tests.support import factories
from tests.support.rows import save, statement


def some_change(chance: random.Random, number: int) -> None:
    """Of any part of a statement that there is."""
    one = chance.choice(list(Statement.objects.published().order_by("pk")))
    text = "title" if one.title_ko else "text"
    what = chance.randrange(9)
    if what == 0:
        save(one, **{f"{text}_ko": f"{getattr(one, f'{text}_ko')} {number}"})
    elif what == 1:
        save(one, **{f"{text}_en": f"{number}", "editor_note_ko": f"주 {number}"})
    elif what == 2:
        factories.event_of(one, title_ko=str(number)).save()
    elif what == 3:
        factories.figure_of(one).save()
    elif what == 4:
        Event.objects.filter(pk=chance.choice(Event.objects.order_by("pk")).pk).delete()
    elif what == 5:
        tags, terms = chance.choice(list(factories.TERMS.items()))
        some = list(terms.objects.order_by("pk"))
        getattr(one, tags).set(chance.sample(some, 2))
    elif what == 6:
        link = chance.choice(Link.objects.order_by("pk"))
        save(link, state=chance.choice(LinkState.values), rationale_en=f"{number}")
    elif what == 7:
        one.review_english()
        save(one)
    elif not one.children.exists():
        save(one, state=PublicationState.WITHDRAWN)


def some_change_of_entries(chance: random.Random, number: int) -> None:
    """Of what is no single statement's: an entry, or which statements there are."""
    what = chance.randrange(6)
    if what == 0:
        save(chance.choice(Country.objects.order_by("pk")), name_en=f"Country {number}")
    elif what == 1:
        save(chance.choice(Document.objects.order_by("pk")), edition_ko=f"제{number}판")
    elif what == 2:
        term = chance.choice(GlossaryTerm.objects.order_by("pk"))
        save(term, english=f"term {number}")
    elif what == 3:
        unused = GlossaryTerm.objects.order_by("-pk")
        unused[0].delete()
    elif what == 4:
        made = factories.statement(Kind.TASK, statement("2025.T1.1"))
        factories.link([made], [statement("2024.A1.1")])
    else:
        for one in Statement.objects.withdrawn().order_by("pk")[:1]:
            save(one, state=PublicationState.PUBLISHED)
