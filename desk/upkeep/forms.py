"""Forms that narrow the lists of the desk, and that assign an owner."""

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from desk.form_choices import set_choices, set_queryset
from desk.upkeep.owners import possible_owners
from statements.models import Document, Kind

NOBODY = "none"
MONTHS_UNCHECKED = (1, 3, 6, 12)


class DocumentChoice(forms.ModelChoiceField):
    """Names a document by its slug: addresses read as those of the explorer do."""

    def __init__(self) -> None:
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
    year = forms.TypedChoiceField(label=_("End year"), required=False, coerce=int)

    def __init__(self, data: QueryDict, years: list[int]) -> None:
        super().__init__(data)
        set_queryset(self, "document", Document.objects.all())
        set_choices(self, "year", [("", _("All")), *((year, year) for year in years)])


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

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        set_queryset(self, "document", Document.objects.all())
        people = User.objects.filter(Q(owned__isnull=False) | Q(is_staff=True))
        owners = [(str(u.pk), str(u)) for u in people.order_by("username").distinct()]
        no_choice = [("", _("All")), (NOBODY, _("nobody"))]
        set_choices(self, "owner", [*no_choice, *owners])
        months = [
            (m, ngettext("%(n)s month or more", "%(n)s months or more", m) % {"n": m})
            for m in MONTHS_UNCHECKED
        ]
        set_choices(self, "months", [("", _("Any time")), *months])


class OwnerForm(forms.Form):
    def __init__(
        self, data: QueryDict | None = None, owner_id: int | None = None
    ) -> None:
        super().__init__(data, initial={"owner": owner_id})
        self.fields["owner"] = forms.ModelChoiceField(
            possible_owners(owner_id),
            label=_("Owner"),
            required=False,
            empty_label=_("nobody"),
        )
