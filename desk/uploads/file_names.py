"""The name under which a file was sent."""

from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest


def uploaded_name(request: HttpRequest, field: str) -> str:
    """As the browser gave it, without folders; of a form that has read the file."""
    return cast("UploadedFile[bytes]", request.FILES[field]).name or ""
