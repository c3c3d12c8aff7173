"""What lists of the desk are narrowed by, and what is recorded of upkeep."""

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from desk.upkeep.owners import possible_owners
from statements.models import Document, Kind

NOBODY = "none"
MONTHS_UNCHECKED = (1, 3, 6, 12)


class DocumentChoice(forms.ModelChoiceField):
    """By slug, so that addresses read as those of the explorer do."""

    def __init__(self):
        super().__init__(
            None,
            label=_("Source document"),
            required=False,
            to_field_name="slug",
            empty_label=_("All"),
        )

    def label_from_instance(self, document: Document) -> str:
        return document.title


class PassedDatesFilter(forms.Form):
    document = DocumentChoice()
    year = forms.TypedChoiceField(
        label=_("Year of the end"), required=False, coerce=int
    )

    def __init__(self, data, years: list[int]):
        super().__init__(data)
        self.fields["document"].queryset = Document.objects.all()
        self.fields["year"].choices = [("", _("All")), *((y, y) for y in years)]


class UpkeepFilter(forms.Form):
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    document = DocumentChoice()
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *Kind.choices]
    )
    months = forms.TypedChoiceField(
        label=_("Not checked for"),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(self, data):
        super().__init__(data)
        people = User.objects.filter(Q(owned__isnull=False) | Q(is_staff=True))
        self.fields["document"].queryset = Document.objects.all()
        self.fields["owner"].choices = [
            ("", _("All")),
            (NOBODY, _("nobody")),
            *((str(u.pk), str(u)) for u in people.order_by("username").distinct()),
        ]
        self.fields["months"].choices = [
            ("", _("Any time")),
            *(
                (m, ngettext("%(n)s month", "%(n)s months", m) % {"n": m})
                for m in MONTHS_UNCHECKED
            ),
        ]


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(
        None, label=_("Owner"), required=False, empty_label=_("nobody")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(self.initial.get("owner"))
