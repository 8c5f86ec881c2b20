"""Records as hypothesis makes them: every register, every kind of field."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from liandong.sharing.actions import RecordRow
from liandong.sharing.registers import REGISTERS, Kind

HAN = st.text(
    st.sampled_from("水库滑坡应急救援甲乙丙丁０１Ａ－（）、=+@'\"\n  ，,9"),
    min_size=1,
    max_size=20,
)
WORDS = HAN.map(str.strip).filter(lambda text: text.strip("'"))
QUANTITIES = st.sampled_from(
    ["2万条", "40余台", "若干", "3000-5000件", "约300", "1.2万㎡", "二十顶"]
)
PEOPLE = st.sampled_from(["张三 13900000001", "欧阳修 0831-2620000", "李四"])
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def texts(one):
    """What may be typed into a field."""
    kinds = {
        Kind.INTEGER: st.integers(0, 10**6).map(str),
        Kind.DECIMAL: st.decimals(0, 10**6, places=3).map(str),
        Kind.QUANTITY: QUANTITIES,
        Kind.DATE: DAYS.map(str),
        Kind.MONTH: DAYS.map(lambda day: f"{day:%Y-%m}"),
        Kind.YES_NO: st.sampled_from(["是", "否"]),
        Kind.PERSON: PEOPLE,
        Kind.CODE: st.just("1010200" if one.codes == "goods" else "511523100"),
    }
    if one.kind == Kind.CHOICE:
        return st.sampled_from(sorted(one.choices))
    if one.kind == Kind.CHOICES:
        return st.lists(st.sampled_from(sorted(one.choices)), min_size=1, max_size=3).map(
            "、".join
        )
    return kinds.get(one.kind, WORDS)


@st.composite
def rows(draw, body):
    """A register's kind and a sound record of it."""
    register = REGISTERS[draw(st.sampled_from(sorted(REGISTERS)))]
    typed = {
        one.key: draw(texts(one))
        for one in register.fields
        if one.required or draw(st.booleans())
    }
    placed = bool(register.shapes) and draw(st.booleans())
    place = {"lon": Decimal("105.066800"), "lat": Decimal("28.723700")} if placed else {}
    area = {
        "type": "Polygon",
        "coordinates": [[[105.0, 28.7], [105.1, 28.7], [105.1, 28.8123456789], [105.0, 28.7]]],
    }
    extent = area if "Polygon" in register.shapes and draw(st.booleans()) else None
    values = {}
    for one in register.fields:
        if one.key in typed and (value := one.parse(typed[one.key])) not in (None, "", []):
            values[one.key] = value
    return register.kind, RecordRow(
        name=draw(WORDS),
        body_id=str(body.pk),
        address=draw(WORDS),
        division_code=draw(st.sampled_from(["", "511523100"])),
        sensitivity=draw(st.sampled_from(["open", "internal", "restricted"])),
        extent=extent,
        values=values,
        **place,
    )
