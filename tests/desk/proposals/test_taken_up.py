"""What was sent back is taken up again, and nothing of it is lost on the way."""

import pytest

from desk.models import EntryProposal, Proposal, ProposalState
from desk.proposals.decide import approve, send_back
from desk.proposals.record import Terms, proposing
from statements.models import Country, Event, PublicationState, Region, Theme
from statements.models.vocabulary import Term
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.admin_forms import WHY, change_page, form_values
from tests.support.desk.entries import propose_deletion, propose_entry
from tests.support.desk.translating import work_page
from tests.support.rows import statement
from tests.support.staff import NOTE, member, propose, published, signed_in, told

pytestmark = pytest.mark.django_db

REASON = "Not the word of the glossary"


def sent_back(author, code: str = "G1.C1.1", **values) -> Proposal:
    proposal = propose(code, author, Terms(is_minor=True), **values)
    send_back(proposal, member("publisher"), REASON)
    return Proposal.objects.get(pk=proposal.pk)


def resume(proposal: Proposal, model: str = "statement") -> str:
    return f"{change_page(proposal.statement, model)}?proposal={proposal.pk}"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_its_author_takes_it_up_with_the_reason_beside_it(language):
    author = member("editor")
    client = signed_in(author, language)
    old = sent_back(author, text_en="Another word")
    page = client.get(old.desk_url).content.decode()
    assert resume(old) in page
    assert {"ko": "고쳐서 다시 제출", "en": "Revise and resubmit"}[language] in page
    opened = client.get(resume(old))
    markup = opened.content.decode()
    assert REASON in markup
    values = form_values(opened)
    desk = client.get(f"{work_page('G1.C1.1')}?proposal={old.pk}").content.decode()
    assert REASON in desk and "Another word" in desk
    for shown in (page, desk):
        assert Page(shown).in_wrong_language(language) == []
    assert values["text_en"] == "Another word"
    assert (values["change_note_ko"], values["change_note_en"]) == NOTE
    assert values["is_minor"] == "on"
    client.post(resume(old), values | {"text_en": "The word of the glossary"})
    new = Proposal.objects.open().get()
    assert (new.state, new.replaces) == (ProposalState.IN_REVIEW, old)
    assert new.changes == {"text_en": "The word of the glossary"}
    old.refresh_from_db()
    assert (old.state, old.reason) == (ProposalState.RETURNED, REASON)
    assert old.snapshot["text_en"] == "Another word"
    assert f"#{old.pk}</a>" in client.get(new.desk_url).content.decode()
    assert str(new) in client.get(old.desk_url).content.decode()


def test_a_colleague_takes_it_up_and_it_leaves_the_author_s_desk():
    author, colleague = member("editor"), member("editor")
    old = sent_back(author, text_en="Another word")
    assert signed_in(author).get("/admin/").context["sent_back"].count == 1
    client = signed_in(colleague)
    client.post(resume(old), form_values(client.get(resume(old))) | {"text_en": "New"})
    assert Proposal.objects.open().get().replaces == old
    assert signed_in(author).get("/admin/").context["sent_back"].count == 0


def test_a_translator_hands_in_nobody_s_korean():
    korean = statement("G1.C1.1").text_ko + " 추진"
    old = sent_back(member("editor"), text_ko=korean, text_en="Another word")
    client = signed_in(member("translator"))
    assert resume(old) not in client.get(old.desk_url).content.decode()
    values = form_values(client.get(resume(old)))
    assert values["text_en"] != "Another word"
    client.post(resume(old), values | WHY | {"text_en": "Mine"})
    new = Proposal.objects.open().get()
    assert (new.changes, new.replaces) == ({"text_en": "Mine"}, None)


def test_a_waiting_one_of_a_colleague_is_not_taken_from_them(editor):
    old = propose("G1.C1.1", text_en="Theirs")
    opened = editor.get(resume(old))
    assert (
        "It is another person’s proposal and keeps waiting for review."
        in opened.content.decode()
    )
    answer = editor.post(resume(old), form_values(opened) | {"text_en": "Both"})
    assert "has also submitted a proposal for G1.C1.1" in told(answer)
    assert [one.replaces for one in Proposal.objects.open()] == [None, None]


def test_both_texts_are_shown_where_the_public_one_has_moved_on():
    author = member("editor")
    client = signed_in(author)
    old = sent_back(author, text_en="Typed for an hour", editor_note_en="My note")
    published("G1.C1.1", text_en="Published meanwhile", editor_note_ko="그들의 주")
    opened = client.get(resume(old))
    markup = opened.content.decode()
    [clash] = opened.context["clashes"]
    assert clash["present"] == "Published meanwhile"
    assert clash["proposed"] == "Typed for an hour"
    assert markup.count("Published meanwhile") >= 1
    values = form_values(opened)
    assert values["text_en"] == "Typed for an hour"
    assert values["editor_note_ko"] == "그들의 주"
    refused = client.post(resume(old), values | {"publish_at": "soon"})
    assert "Published meanwhile" in refused.content.decode()
    assert "Typed for an hour" in refused.content.decode()
    client.post(resume(old), values | {"text_en": "Both texts"})
    new = Proposal.objects.open().get()
    assert new.changes == {"text_en": "Both texts", "editor_note_en": "My note"}
    assert not new.conflicts
    approve(new, member("publisher"))
    now = statement("G1.C1.1")
    assert (now.text_en, now.editor_note_en) == ("Both texts", "My note")
    assert now.editor_note_ko == "그들의 주"


def with_an_event(author) -> Proposal:
    """A proposal of a text and of a date, which the form of the statement has not."""
    with proposing(author, NOTE) as proposed:
        event = Event.objects.filter(statement__code="2024.A1.3").first()
        event.place_en = "Busan"
        event.save()
        one = statement("2024.A1.3")
        one.text_en = "A new text"
        one.save()
    [proposal] = proposed.proposals
    return proposal


def test_what_the_form_does_not_show_goes_on_with_it():
    author = member("editor")
    client = signed_in(author)
    old = with_an_event(author)
    values = form_values(client.get(resume(old)))
    client.post(resume(old), values | {"text_en": "A better text"})
    new = Proposal.objects.open().get()
    assert new.changes["events"] == old.changes["events"]
    assert new.changes["text_en"] == "A better text"
    assert Proposal.objects.get(pk=old.pk).state == ProposalState.RETRACTED


def test_a_form_with_a_mistake_proposes_nothing_of_it():
    author = member("editor")
    client = signed_in(author)
    old = with_an_event(author)
    values = form_values(client.get(resume(old)))
    answer = client.post(resume(old), values | {"change_note_en": ""})
    assert answer.status_code == 200
    assert Proposal.objects.open().get() == old


def test_facts_that_others_have_changed_keep_their_proposal():
    author = member("editor")
    client = signed_in(author)
    old = with_an_event(author)
    with proposing(member("editor"), NOTE) as proposed:
        event = Event.objects.filter(statement__code="2024.A1.3").first()
        event.place_en = "Daegu"
        event.save()
    approve(proposed.proposals[0], member("publisher"))
    values = form_values(client.get(resume(old)))
    client.post(resume(old), values | {"text_en": "A better text"})
    new = Proposal.objects.open().exclude(pk=old.pk).get()
    assert "events" not in new.changes
    assert new.replaces is None
    assert Proposal.objects.get(pk=old.pk).is_open


def test_what_was_decided_meanwhile_is_not_taken_back():
    author = member("editor")
    client = signed_in(author)
    old = propose("G1.C1.1", author, text_en="First")
    values = form_values(client.get(resume(old)))
    approve(old, member("publisher"))
    client.post(resume(old), values | {"text_en": "Second"})
    assert Proposal.objects.open().get().changes == {"text_en": "Second"}
    assert Proposal.objects.get(pk=old.pk).state == ProposalState.PUBLISHED
    assert client.get(resume(old)).context["resumed"] is None


def test_a_proposal_of_another_statement_is_not_gone_on_from(editor):
    other = propose("G1.C1.2", text_en="Of another")
    url = f"{change_page(statement('G1.C1.1'))}?proposal={other.pk}"
    opened = editor.get(url)
    assert opened.context["resumed"] is None
    assert form_values(opened).get("change_note_en") is None


def test_a_draft_edited_further_can_still_be_approved():
    with factories.an_open_gate():
        draft = factories.statement(
            "task", statement("2025.T1.1"), state=PublicationState.DRAFT
        )
    author = member("editor")
    client = signed_in(author)
    url = change_page(draft)
    values = form_values(client.get(url)) | WHY
    client.post(url, values | {"text_en": "First", "state": "in-review"})
    old = Proposal.objects.get()
    client.post(
        resume(old), form_values(client.get(resume(old))) | {"text_en": "Second"}
    )
    new = Proposal.objects.open().get()
    assert new.replaces == old
    approve(new, member("publisher"))
    draft.refresh_from_db()
    assert (draft.state, draft.text_en) == (PublicationState.PUBLISHED, "Second")


def test_a_tag_that_is_gone_is_left_out_of_what_is_taken_up():
    author = member("editor")
    client = signed_in(author)
    with factories.an_open_gate():
        region: Term = Region.objects.create(
            slug="arctic", name_ko="북극", name_en="Arctic", position=90
        )
    with proposing(author, NOTE) as proposed:
        one = statement("G1.C1.1")
        one.regions.add(region)
        one.text_en = "With a tag"
        one.save()
    [old] = proposed.proposals
    with factories.an_open_gate():
        region.delete()
    values = form_values(client.get(resume(old)))
    assert values["text_en"] == "With a tag"
    client.post(resume(old), values)
    assert Proposal.objects.open().get().changes == {"text_en": "With a tag"}


@pytest.mark.parametrize("act", ["change", "delete"])
def test_entries_are_taken_up_with_their_notes(act, publisher, admin_user):
    author, client = admin_user, signed_in(admin_user)
    with factories.an_open_gate():
        theme = Theme.objects.create(
            slug="space", name_ko="우주", name_en="Space", position=90
        )
    make = {
        "change": lambda: propose_entry(theme, author, name_en="First"),
        "delete": lambda: propose_deletion(theme, author),
    }
    old = make[act]()
    values = {"decision": "send-back", "seen": 1, "reason": REASON}
    publisher.post(old.desk_url, values)
    url = f"{old.edit_url}?proposal={old.pk}"
    assert url in client.get(old.desk_url).content.decode()
    opened = client.get(url)
    assert REASON in opened.content.decode()
    if act == "change":
        sent = form_values(opened)
        assert sent["name_en"] == "First"
    else:
        sent = {bound.name: bound.value() for bound in opened.context["note_form"]}
        sent["post"] = "yes"
    assert (sent["change_note_ko"], sent["change_note_en"]) == NOTE
    client.post(url, sent)
    new = EntryProposal.objects.open().get()
    assert (new.replaces, new.act) == (old, act)
    assert client.get("/admin/").context["sent_back"].count == 0


def test_both_texts_of_an_entry_are_shown(publisher):
    author = member("administrator")
    client = signed_in(author)
    region = Region.objects.first()
    old = propose_entry(region, author, name_en="Mine")
    send = {"decision": "send-back", "seen": 1, "reason": REASON}
    publisher.post(old.desk_url, send)
    with factories.an_open_gate():
        region.name_en = "Theirs"
        region.save()
    opened = client.get(f"{old.edit_url}?proposal={old.pk}")
    [clash] = opened.context["clashes"]
    assert (clash["present"], clash["proposed"]) == ("Theirs", "Mine")
    assert form_values(opened)["name_en"] == "Mine"


def test_an_entry_whose_region_is_gone_is_told_of_and_loops_nowhere():
    author = member("administrator")
    client = signed_in(author)
    with factories.an_open_gate():
        region = Region.objects.create(
            slug="arctic", name_ko="북극", name_en="Arctic", position=90
        )
    old = propose_entry(Country.objects.first(), author, region="arctic")
    with factories.an_open_gate():
        region.delete()
    answer = client.get(f"{old.edit_url}?proposal={old.pk}")
    assert answer.url == old.edit_url
    assert client.get(answer.url).status_code == 200
