import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import liandong.kernel.ids


class Migration(migrations.Migration):
    dependencies = [
        ("command", "0002_incident_position"),
        ("kernel", "0002_insert_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncidentFile",
            fields=[
                ("realm", models.CharField(editable=False, max_length=64)),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), editable=False, size=None
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=liandong.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "caption",
                    models.CharField(blank=True, max_length=200, verbose_name="说明"),
                ),
                ("by", models.CharField(max_length=120, verbose_name="交件")),
                ("at", models.DateTimeField(verbose_name="收存时间")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.file",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="command.incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "事件资料",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["audience"], name="command_incidentfile_seen"
                    ),
                    models.Index(fields=["incident", "-at"], name="incident_files_listed"),
                ],
            },
        ),
    ]
