"""Lists by a register's own fields: as people count and read, not as JSON is written."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import DecimalField, Expression, F, Func, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, NullIf

from liandong.sharing.registers import Field, Kind

NUMBER = DecimalField(max_digits=30, decimal_places=9)
# Nothing keeps a register in the order of each of its fields: no more are put in order than pages show.
MOST_SORTED = 20_000


def order_of(field: Field) -> Expression | F:
    """What records are sorted by for a field of their register.

    Choices stand in the order of the register, gravest grade first as it names them, quantities by
    their amount, Chinese by the same key as names.
    """
    path = f"values__{field.key}"
    match field.kind:
        case Kind.CHOICE:
            return _rank(field, KT(path))
        case Kind.CHOICES:
            return _rank(field, KT(f"{path}__0"))
        case Kind.DECIMAL:
            return Cast(KT(path), NUMBER)
        case Kind.QUANTITY:
            return Cast(NullIf(KT(f"{path}__amount"), Value("")), NUMBER)  # 若干 has none
        case Kind.TEXT | Kind.LONG_TEXT | Kind.BODY:
            return _key(KT(path))
        case _:  # numbers, days and yes or no, which JSON compares as such
            return F(path)


def _rank(field: Field, chosen: Expression) -> Func:
    keys = Value(list(field.choices), output_field=ArrayField(TextField()))
    return Func(keys, chosen, function="array_position")


def _key(text: Expression) -> Func:
    """The key that ``sort_key`` gives, reckoned by the database."""
    return Func(
        text,
        function="encode",
        template="encode(convert_to(%(expressions)s, 'GB18030'), 'hex')",
    )
