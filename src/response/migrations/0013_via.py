from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("response", "0012_looked")]

    operations = [
        migrations.AlterField(
            "timelineevent",
            "via",
            models.CharField(blank=True, help_text="Where it came from: slack, web, api or admin.", max_length=20),
        )
    ]
