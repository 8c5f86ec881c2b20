from django.db import migrations, models

import liandong.kernel.ids


class Migration(migrations.Migration):

    dependencies = [
        ('command', '0025_order_phrase'),
    ]

    operations = [
        migrations.CreateModel(
            name='NilStanding',
            fields=[
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('id', models.UUIDField(default=liandong.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=300, verbose_name='要报什么')),
                ('at', models.TimeField(verbose_name='每天几点')),
                ('minutes', models.PositiveIntegerField(verbose_name='限时（分钟）')),
                ('hazard', models.CharField(blank=True, max_length=20, verbose_name='灾种代码')),
                ('level', models.CharField(blank=True, choices=[('I', 'Ⅰ级'), ('II', 'Ⅱ级'), ('III', 'Ⅲ级'), ('IV', 'Ⅳ级')], max_length=3, verbose_name='响应级别')),
                ('from_on', models.DateField(blank=True, null=True, verbose_name='自')),
                ('until_on', models.DateField(blank=True, null=True, verbose_name='至')),
                ('in_force', models.BooleanField(default=True, verbose_name='有效')),
            ],
            options={
                'verbose_name': '定时零报告',
                'constraints': [models.CheckConstraint(condition=models.Q(('from_on', None), ('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='nil_season_in_order')],
            },
        ),
    ]
