"""The roles of staff, each with the least rights that its work needs."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = (
    "statements.statement goals.goal goals.objective goals.keycontent "
    "goals.expectedeffect goals.detail achievements.achievement achievements.task "
    "achievements.point achievements.note"
).split()
FACTS = "statements.event statements.figure statements.statusupdate".split()
LINKS = ["statements.link"]
VOCABULARY = (
    "statements.region statements.country statements.theme statements.organisation "
    "statements.glossaryterm"
).split()
DOCUMENTS = ["statements.document"]
HISTORY = ["statements.revision", "desk.proposal"]
ACCOUNTS = ["auth.user", "auth.group"]
LOGS = ["admin.logentry", "desk.login", "desk.failedlogin"]
PUBLIC = [*CONTENT, *FACTS, *LINKS, *VOCABULARY, *DOCUMENTS, *HISTORY]


def rights(actions, models):
    return {
        f"{model.split('.')[0]}.{action}_{model.split('.')[1]}"
        for action in actions.split()
        for model in models
    }


ROLES = {
    "편집자 / Editor": rights("view", PUBLIC)
    | rights("change", CONTENT)
    | rights("add change", LINKS)
    | rights("add change delete", FACTS)
    | {"desk.edit_korean"},
    "번역자 / Translator": rights("view", PUBLIC) | rights("change", CONTENT),
    "게시 승인자 / Publisher": rights("view", PUBLIC) | {"desk.approve_proposal"},
    "관리자 / Administrator": rights("view", [*PUBLIC, *ACCOUNTS, *LOGS])
    | rights("add change", VOCABULARY)
    | rights("change", DOCUMENTS)
    | rights("add change", ["auth.user"]),
    "감사자 / Auditor": rights("view", [*PUBLIC, *ACCOUNTS, *LOGS]),
}


def make(apps, schema_editor):
    """Permissions are made by Django after all migrations: here they are made before."""
    for label in {right.split(".")[0] for role in ROLES.values() for right in role}:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    Group, Permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
    for name, wanted in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(
            Permission.objects.get(
                content_type__app_label=right.split(".")[0],
                codename=right.split(".")[1],
            )
            for right in sorted(wanted)
        )


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0002_logins"),
        ("statements", "0003_revision_is_minor"),
        ("goals", "0001_initial"),
        ("achievements", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, unmake)]
