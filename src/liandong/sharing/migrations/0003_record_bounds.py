from django.db import migrations, models
from django.db.models import F
from shapely.geometry import shape

INDEX = """
CREATE INDEX record_covers ON sharing_record
USING gist (box(point(west, south), point(east, north)))
"""


def cover(apps, schema_editor):
    """Records of the version before: a place covers itself, an extent its box."""
    records = apps.get_model("sharing", "Record").objects
    records.filter(lon__isnull=False, extent=None).update(
        west=F("lon"), south=F("lat"), east=F("lon"), north=F("lat")
    )
    drawn = []
    for one in records.filter(extent__isnull=False).only("extent").iterator(chunk_size=2000):
        one.west, one.south, one.east, one.north = shape(one.extent).bounds
        drawn.append(one)
    records.bulk_update(drawn, ["west", "south", "east", "north"], batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0002_intake_files")]

    operations = [
        *(
            migrations.AddField(
                model_name="record",
                name=name,
                field=models.FloatField(editable=False, null=True),
            )
            for name in ("west", "south", "east", "north")
        ),
        migrations.RunSQL(INDEX, "DROP INDEX record_covers"),
        migrations.RunPython(cover, migrations.RunPython.noop),
    ]
