import django.db.models.deletion
from django.db import migrations, models

import liandong.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("command", "0006_call_position")]

    operations = [
        migrations.CreateModel(
            name="Route",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("evacuation", "转移路线"),
                            ("approach", "行进路线"),
                            ("closed", "封控路段"),
                            ("firebreak", "隔离带"),
                        ],
                        max_length=20,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("points", models.JSONField(verbose_name="各点")),
                ("length_m", models.PositiveIntegerField(verbose_name="长度（米）")),
                (
                    "state",
                    models.CharField(
                        choices=[("drawn", "在用"), ("withdrawn", "已撤销")],
                        default="drawn",
                        max_length=20,
                        verbose_name="状态",
                    ),
                ),
                ("drawn_by", models.CharField(max_length=120, verbose_name="绘制")),
                ("drawn_at", models.DateTimeField(verbose_name="绘制时间")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="撤销原因"),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="command.incident",
                    ),
                ),
            ],
            options={
                "verbose_name": "线路",
                "indexes": [
                    models.Index(
                        fields=["incident", "state", "-drawn_at"], name="route_listed"
                    )
                ],
            },
        ),
    ]
