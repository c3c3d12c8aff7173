"""The base of all public content: its writes, single and in bulk, ask for the gate."""

from collections.abc import Iterable

from django.db import models

from statements.models.guard import touch


class PublicQuerySet(models.QuerySet):
    #: The lookups that lead from a row to the statements it belongs to.
    statement_paths: tuple[str, ...] = ()

    def touch(self) -> None:
        touch()
        for path in self.statement_paths:
            touch(*self.order_by().values_list(path, flat=True))

    def update(self, **values) -> int:
        """Touches the statements that rows leave, and those that they come to."""
        self.touch()
        pks = list(self.order_by().values_list("pk", flat=True))
        updated = super().update(**values)
        self.model._base_manager.filter(pk__in=pks).touch()
        return updated

    def delete(self):
        self.touch()
        return super().delete()

    def bulk_create(self, objs, batch_size=None):
        """Without Django's options for conflicts, by which rows change unseen."""
        touch()
        objs = list(objs)
        for obj in objs:
            obj.derive()
        created = super().bulk_create(objs, batch_size)
        for obj in created:
            touch(*obj.statement_ids())
        return created


class PublicContent(models.Model):
    class Meta:
        abstract = True
        base_manager_name = "objects"

    def derive(self) -> None:
        """Fills the fields that follow from others; called before every write."""

    def statement_ids(self) -> Iterable[int | None]:
        """The statements that this row belongs to."""
        return ()
