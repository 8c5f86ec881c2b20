from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organization', '0003_accounts_in_daily_life'),
    ]

    operations = [
        migrations.AlterField(
            model_name='body',
            name='kind',
            field=models.CharField(choices=[('committee', '应急委员会'), ('general_headquarters', '总指挥部'), ('special_headquarters', '专项指挥部'), ('headquarters_office', '指挥部办公室'), ('unit', '成员单位'), ('partner', '协同单位'), ('township', '乡镇（街道）'), ('village', '村（社区）'), ('enterprise', '企业'), ('superior', '上级机关'), ('neighbor', '毗邻县')], max_length=30, verbose_name='类别'),
        ),
    ]
