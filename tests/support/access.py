"""Who may open and send what: every family of addresses with its roles."""

import re

ROLES = ("editor", "translator", "publisher", "administrator", "auditor")
EVERYBODY = {"anonymous", "nobody", *ROLES, "superuser"}
STAFF = EVERYBODY - {"anonymous"}
READERS = {*ROLES, "superuser"}
WRITERS = {"editor", "translator", "superuser"}
EDITORS = {"editor", "superuser"}
ADMINISTRATORS = {"administrator", "superuser"}
KEEPERS = EDITORS | ADMINISTRATORS
LOG_READERS = {"administrator", "auditor", "superuser"}
TOLD_OF_ACCOUNTS = LOG_READERS | {"publisher"}
NONE: set[str] = set()
STATEMENTS = (
    r"(statements_statement|goals_(goal|objective|keycontent|expectedeffect)"
    r"|achievements_(achievement|task))"
)
FACTS = r"statements_(event|figure|statusupdate)"
VOCABULARY = r"statements_(region|country|theme|organisation|glossaryterm)"
LOGS = r"(admin_logentry|desk_(login|failedlogin))"
#: Who may open (GET) the pages of a family of names, the first that fits.
FAMILIES = [
    # Of the admin's models: lists and single rows to read, then forms to write.
    (rf"admin:{STATEMENTS}_(changelist|change|history)", READERS),
    (rf"admin:{FACTS}_(changelist|change|history)", READERS),
    (rf"admin:{FACTS}_(add|delete)", EDITORS),
    (r"admin:statements_link_(changelist|change|history)", READERS),
    (r"admin:statements_link_add", EDITORS),
    (rf"admin:({VOCABULARY}|statements_document)_(changelist|change|history)", READERS),
    (rf"admin:{VOCABULARY}_add", ADMINISTRATORS),
    (rf"admin:{VOCABULARY}_delete", {"superuser"}),
    (
        r"admin:(statements_revision|desk_((entry)?proposal|batch))"
        r"_(changelist|change|history)",
        READERS,
    ),
    (rf"admin:({LOGS}|auth_(user|group))_(changelist|change|history)", LOG_READERS),
    (r"admin:auth_user_(add|password_change|second_step)", ADMINISTRATORS),
    (r"admin:desk_accountchange_(changelist|change|history)", TOLD_OF_ACCOUNTS),
    (r"admin:desk_problemreport_(changelist|change|history)", KEEPERS | {"auditor"}),
    # Nothing is added or deleted but what stands above.
    (r"admin:\w+_\w+_(add|change|delete|history|changelist)", NONE),
    # Bulk work: English for all who write, the rest for editors.
    (r"staff:(bulk|bulk_preview|sheets|sheet|replacing)", WRITERS),
    (r"staff:(tagging|order_roots|order)", EDITORS),
    # Of the admin itself.
    (r"admin:(index|app_list|jsi18n|password_change|password_change_done)", STAFF),
    (r"admin:autocomplete", READERS),
    (r"admin:view_on_site", STAFF),
    (r"admin:(second_step|enrol|recovery)|staff:sessions", STAFF),
    (r"admin:(login|logout)", EVERYBODY),
    (r"admin:None", STAFF),
    (r"desk:report(_problem)?", EVERYBODY),
    (r"desk:preview(_statement|_document|_page)?", READERS),
    (r"staff:(documents|document|comparison)", READERS),
    (r"staff:(new_document|add_statement|remove_document)", EDITORS),
    (r"staff:manual", STAFF),
    (r"staff:status", {"publisher", "administrator", "superuser"}),
    (r"staff:approving", {"publisher", "superuser"}),
    # Of the translation desk.
    (r"staff:(translations|translation|translation_export)", READERS),
    (r"staff:translation_import", WRITERS),
    # Of the desk's own pages.
    (r"staff:(passed_dates|upkeep_list|unlinked)", READERS),
    (r"staff:(link_suggestions|draft_links)", EDITORS),
    (r"staff:upkeep", KEEPERS),
    (r"staff:intake(s|_text|_original|_facts|_cancel)?", KEEPERS),
    # For readers.
    (r"(statements|goals|achievements|explorer|api):\w+", EVERYBODY),
    (
        r"root|home|plain-language|easy|about|accessibility|privacy|copyright|mirror"
        r"|sitemap|sitemap_part|robots|look|preferences|set_language|catalog|download|None",
        EVERYBODY,
    ),
    (r"staff:first_password", EVERYBODY),
]


def allowed(name: str) -> set[str] | None:
    fits = (who for family, who in FAMILIES if re.fullmatch(family, name))
    return next(fits, None)


#: Who may send a form (POST) of a family: what is missing here nobody may.
FORMS = [
    (rf"admin:{STATEMENTS}_change", WRITERS),
    (rf"admin:{FACTS}_(add|change|delete)", EDITORS),
    (r"admin:statements_link_(add|change)", EDITORS),
    (rf"admin:{VOCABULARY}_(add|change)", ADMINISTRATORS),
    (rf"admin:{VOCABULARY}_delete", {"superuser"}),
    (r"admin:statements_document_change", ADMINISTRATORS),
    (r"admin:auth_user_(add|change|password_change|second_step)", ADMINISTRATORS),
    (r"admin:desk_accountchange_change", ADMINISTRATORS | {"publisher"}),
    (r"admin:statements_revision_change", EDITORS),
    (r"admin:desk_((entry)?proposal|batch)_change", {"publisher", "superuser"}),
    (r"admin:desk_problemreport_change", KEEPERS),
    (r"staff:translation(s|_import)?", WRITERS),
    (r"staff:(new_document|add_statement|remove_document)", EDITORS),
    (r"staff:document", {"editor", "publisher", "superuser"}),
    (r"staff:intake(s|_facts|_cancel)?", KEEPERS),
]
#: The addresses that a form is sent to.
SENT_TO = (
    r"admin:\w+_\w+_(add|change|delete)|staff:translation(s|_import)?"
    r"|staff:(document|new_document|add_statement|remove_document)"
    r"|staff:intake(s|_facts|_cancel)?"
)
