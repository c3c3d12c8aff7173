"""The data set described for machines: DCAT 3 and schema.org."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from explorer.exports.formats import in_language
from explorer.exports.views import data_moment
from statements.filters.choices import vocabulary
from statements.models import Document, DocumentKind, Revision
from statements.requests import PortalRequest

CATALOG_LANGUAGES = ("ko", "en")
TITLE = _("Foreign policy statements: goals, achievements and tasks")
DESCRIPTION = _(
    "Foreign policy goals, reported achievements and planned tasks of the Republic of "
    "Korea, from government documents. Every statement is in Korean and in unofficial "
    "English translation, with its kind, regions, countries, themes and source lines."
)
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
TONGUES = "http://publications.europa.eu/resource/authority/language/"


def text_in_both(text: str | Promise) -> list[dict[str, str]]:
    return [
        {"@language": code, "@value": in_language(code, text)}
        for code in CATALOG_LANGUAGES
    ]


def of_document(document: Document, name: str) -> list[dict[str, str]]:
    values = []
    for code in CATALOG_LANGUAGES:
        with override(code):
            values.append({"@language": code, "@value": getattr(document, name)})
    return values


def day(moment: datetime) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": moment.isoformat()}


def first_published(request: PortalRequest) -> datetime:
    shown = Revision.objects.shown()
    return shown.aggregate(at=Min("at"))["at"] or data_moment(request)


def dcat_catalog(request: PortalRequest, files: list[dict[str, Any]]) -> dict[str, Any]:
    address = settings.SITE_URL + request.get_full_path()
    return {
        "@context": CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": text_in_both(settings.SITE_NAME),
        "dct:description": text_in_both(DESCRIPTION),
        "dct:language": [{"@id": TONGUES + code} for code in ("KOR", "ENG")],
        "foaf:homepage": {"@id": settings.SITE_URL + "/"},
        "dct:modified": day(data_moment(request)),
        "dcat:dataset": [dcat_dataset(request, files)],
    }


def dcat_dataset(request: PortalRequest, files: list[dict[str, Any]]) -> dict[str, Any]:
    address = f"{settings.SITE_URL}/data/"
    documents = vocabulary(request.data_version).documents
    return {
        "@id": f"{address}#statements",
        "@type": "dcat:Dataset",
        "dct:identifier": f"{address}#statements",
        "dct:title": text_in_both(TITLE),
        "dct:description": text_in_both(DESCRIPTION),
        "dct:issued": day(first_published(request)),
        "dct:modified": day(data_moment(request)),
        "dct:language": [{"@id": TONGUES + code} for code in ("KOR", "ENG")],
        "dct:publisher": [
            {"@type": "foaf:Agent", "foaf:name": of_document(document, "publisher")}
            for document in documents
        ],
        "dct:source": [dcat_source(document) for document in documents],
        "dcat:landingPage": {"@id": settings.SITE_URL + reverse("explorer:data")},
        "dcat:version": str(timezone.localdate(data_moment(request))),
        "dcat:distribution": [dcat_distribution(file) for file in files],
    }


def dcat_source(document: Document) -> dict[str, Any]:
    """Each document with its own terms of use, as far as they are recorded; day and
    address where they are known, and its place in time as the editors infer it.
    """
    return {
        "@id": page_of(document),
        "dct:title": of_document(document, "title"),
        "dct:type": text_in_both(DocumentKind(document.kind).label),
        **edition_facts(document),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": of_document(document, "licence"),
        },
    }


def edition_facts(document: Document) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "dct:temporal": {
            "dcat:startDate": {"@type": "xsd:gYear", "@value": str(document.time_year)},
            "rdfs:comment": of_document(document, "time_basis"),
        }
    }
    if document.edition:
        facts["dcat:version"] = of_document(document, "edition")
    if document.published_on:
        issued = document.published_on.isoformat()
        facts["dct:issued"] = {"@type": "xsd:date", "@value": issued}
    if document.source_url:
        facts["foaf:page"] = {"@id": document.source_url}
    if document.replaces:
        facts["dct:replaces"] = {"@id": page_of(document.replaces)}
    return facts


def page_of(document: Document) -> str:
    return settings.SITE_URL + document.get_absolute_url()


def dcat_distribution(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": file["address"],
        "@type": "dcat:Distribution",
        "dct:title": file["name"],
        "dcat:accessURL": {"@id": file["address"]},
        "dcat:downloadURL": {"@id": file["address"]},
        "dcat:mediaType": {"@id": MEDIA_TYPES + file["media_type"].partition(";")[0]},
        "dcat:byteSize": {
            "@type": "xsd:nonNegativeInteger",
            "@value": str(file["size"]),
        },
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {
                "@type": "xsd:hexBinary",
                "@value": file["sha256"],
            },
        },
    }


def schema_dataset(
    request: PortalRequest, files: list[dict[str, Any]], most: int
) -> dict[str, Any]:
    """With so many of the documents, the newest; the catalog has all."""
    documents = vocabulary(request.data_version).documents
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": str(TITLE),
        "description": str(DESCRIPTION),
        "url": settings.SITE_URL + reverse("explorer:data"),
        "inLanguage": list(CATALOG_LANGUAGES),
        "isAccessibleForFree": True,
        "dateModified": data_moment(request).isoformat(),
        "version": str(timezone.localdate(data_moment(request))),
        "creator": [
            {"@type": "Organization", "name": name}
            for name in dict.fromkeys(document.publisher for document in documents)
        ],
        "isBasedOn": [schema_source(document) for document in documents[:most]],
        "distribution": [schema_download(file) for file in files],
        "license": list(dict.fromkeys(document.licence for document in documents)),
    }


def schema_source(document: Document) -> dict[str, Any]:
    """A document, with day, address and edition where they are known."""
    known = {
        "version": document.edition,
        "datePublished": document.published_on and document.published_on.isoformat(),
        "sameAs": document.source_url,
    }
    return {
        "@type": "CreativeWork",
        "name": document.title,
        "url": page_of(document),
        "inLanguage": "ko",
        "usageInfo": document.licence,
        **{name: value for name, value in known.items() if value},
    }


def schema_download(file: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": file["name"],
        "encodingFormat": file["media_type"],
        "contentUrl": file["address"],
        "contentSize": f"{file['size']} B",
        "sha256": file["sha256"],
    }
