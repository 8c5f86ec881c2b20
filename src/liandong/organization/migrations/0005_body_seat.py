from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organization", "0004_partners")]

    operations = [
        migrations.AddField(
            model_name="body",
            name="lon",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"
            ),
        ),
        migrations.AddField(
            model_name="body",
            name="lat",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="纬度"
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("lat", None), ("lon", None))
                | models.Q(("lat__isnull", False), ("lon__isnull", False)),
                name="body_seat_whole",
            ),
        ),
    ]
