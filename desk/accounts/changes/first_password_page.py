"""The page where somebody chooses the password of a new account, or of one reset."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from desk.accounts.changes.first_passwords import choose_password
from desk.accounts.changes.forms import FirstPasswordForm


@sensitive_post_parameters()
@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Takes the codes of the administrators for a password of one's own."""
    form = FirstPasswordForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            choose_password(data["username"], form.codes, data["password"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your password is set. Please log in."))
            return HttpResponseRedirect(reverse("admin:login"))
    context = {"form": form, "title": _("Choose your password")}
    return TemplateResponse(request, "desk/accounts/first_password.html", context)
