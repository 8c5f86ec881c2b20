"""Keeping new rows: what is wrong with one is said in Chinese, by the name of its field."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models

from liandong.kernel.problems import Invalid
from liandong.kernel.wording import gettext as _
from liandong.kernel.wording import listed


def keep(row: models.Model) -> None:
    """Insert a row whose fields are right; say in Chinese which is not."""
    keep_all([row])


def keep_all(rows: Sequence[models.Model]) -> None:
    """Insert rows of a kind in one statement, all or none; say in Chinese which field is not right.

    Parents come as rows that were read, and what must be unique the database itself refuses.
    """
    for row in rows:
        given = {
            field.name for field in row._meta.fields if field.primary_key or field.is_relation
        }
        try:
            row.clean_fields(exclude=given)
            row.clean()
        except ValidationError as wrong:
            raise _refusal(row, wrong.message_dict) from wrong
    for first in rows[:1]:
        try:
            type(first)._base_manager.bulk_create(rows)
        except IntegrityError as wrong:
            raise _refusal(first, _broken(first, wrong)) from wrong


def _refusal(row: models.Model, wrong: Mapping[str, list[str]]) -> Invalid:
    fields = {name: "".join(texts) for name, texts in wrong.items() if name != NON_FIELD_ERRORS}
    return Invalid(
        "".join(wrong.get(NON_FIELD_ERRORS, [])) or _("有几项填得不对。"),
        place=listed(
            str(getattr(row._meta.get_field(name), "verbose_name", name)) for name in fields
        ),
        remedy=_("请按提示改正后再提交。"),
        fields=fields,
    )


def _broken(row: models.Model, wrong: IntegrityError) -> dict[str, list[str]]:
    """Which field has a value in use, by the name PostgreSQL gives to a column's constraint."""
    diag = getattr(wrong.__cause__, "diag", None)
    name = diag.constraint_name if diag else ""
    for field in row._meta.fields:
        if name == f"{row._meta.db_table}_{field.column}_key":
            return {field.name: row.unique_error_message(type(row), [field.name]).messages}
    return {NON_FIELD_ERRORS: [_("同样的一项刚由别人登记，请刷新后看现有的记录。")]}
