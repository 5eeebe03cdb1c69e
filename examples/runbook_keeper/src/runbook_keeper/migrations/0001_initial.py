
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import response.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('response', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Runbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('url', models.CharField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(['http', 'https'])], verbose_name='address')),
                ('text', models.TextField(blank=True, verbose_name='steps')),
                ('phrases', models.TextField(blank=True, help_text='What people say when they need it: a word or phrase a line.')),
                ('added_at', models.DateTimeField(default=response.core.clock.now, editable=False)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='response.person')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Hint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='response.incident')),
                ('runbook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='runbook_keeper.runbook')),
            ],
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=response.core.clock.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='response.person')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runbook_attachments', to='response.incident')),
                ('runbook', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='runbook_keeper.runbook')),
            ],
            options={
                'ordering': ['at'],
            },
        ),
        migrations.AddConstraint(
            model_name='runbook',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_runbook_per_name'),
        ),
        migrations.AddConstraint(
            model_name='hint',
            constraint=models.UniqueConstraint(fields=('incident', 'runbook'), name='hinted_once'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.UniqueConstraint(fields=('incident', 'runbook'), name='attached_once'),
        ),
    ]
