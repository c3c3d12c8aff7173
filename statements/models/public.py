"""The base of all public content: its writes, single and in bulk, ask for the gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from statements.models.guard import touch
from statements.models.ranges import require_fit

TranslatedRow = TypeVar("TranslatedRow", bound=models.Model, covariant=True)
PublicRow = TypeVar("PublicRow", bound="PublicContent", covariant=True)


class TranslatedQuerySet(models.QuerySet[TranslatedRow]):
    """Names for type checkers the methods that modeltranslation adds at run time."""

    if TYPE_CHECKING:

        def rewrite(self, mode: bool = True) -> Self:
            """With False, names of columns stay those of no language."""

        def raw_values(
            self, *fields: str, **expressions: Any
        ) -> models.QuerySet[TranslatedRow, dict[str, Any]]:
            """As `values`, of the columns by the very names that are given."""


class PublicQuerySet(TranslatedQuerySet[PublicRow]):
    #: The lookups that lead from a row to the statements it belongs to.
    statement_paths: tuple[str, ...] = ()
    #: Whether readers may see a row that no public statement has.
    is_beyond_statements = True

    def touch(self) -> None:
        touch(is_beyond=self.is_beyond_statements)
        for path in self.statement_paths:
            touch(*self.order_by().values_list(path, flat=True))

    def update(self, **values: Any) -> int:
        """Touches the statements that rows leave, and those that they come to."""
        self.touch()
        pks = list(self.order_by().values_list("pk", flat=True))
        updated = super().update(**values)
        self.model._base_manager.filter(pk__in=pks).touch()
        return updated

    def delete(self) -> tuple[int, dict[str, int]]:
        self.touch()
        return super().delete()

    def bulk_create(  # type: ignore[override]  # takes less on purpose: see below
        self, objs: Iterable[PublicRow], batch_size: int | None = None
    ) -> list[PublicRow]:
        """Without Django's options for conflicts, by which rows change unseen."""
        touch(is_beyond=self.is_beyond_statements)
        objs = list(objs)
        for obj in objs:
            obj.derive()
            require_fit(obj)
        created = super().bulk_create(objs, batch_size)
        for obj in created:
            obj.announce()
        return created


PublicManager = models.Manager.from_queryset(PublicQuerySet)


class PublicContent(models.Model):
    _base_manager: ClassVar[PublicManager[Self]]

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Says beside each field what is outside its range, too."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        try:
            require_fit(self, left_out={*(exclude or ()), *errors})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def derive(self) -> None:
        """Fills the fields that follow from others; called before every write."""

    def statement_ids(self) -> Iterable[int | None]:
        """The statements that this row belongs to."""
        return ()

    def announce(self) -> None:
        """Tells the open gate that this row changes."""
        touch(*self.statement_ids())
