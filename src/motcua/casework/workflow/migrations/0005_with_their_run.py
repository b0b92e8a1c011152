import django.db.models.deletion
from django.db import migrations, models

# Destroying a dossier deletes its run and tokens: what waited for them goes with them.
CASCADE = """
ALTER TABLE workflow_timer ADD CONSTRAINT workflow_timer_of_run FOREIGN KEY (run_id)
  REFERENCES workflow_run (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE workflow_timer ADD CONSTRAINT workflow_timer_of_token FOREIGN KEY (token_id)
  REFERENCES workflow_token (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE workflow_message ADD CONSTRAINT workflow_message_of_run FOREIGN KEY (run_id)
  REFERENCES workflow_run (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""
BACK = """
ALTER TABLE workflow_timer DROP CONSTRAINT workflow_timer_of_run;
ALTER TABLE workflow_timer DROP CONSTRAINT workflow_timer_of_token;
ALTER TABLE workflow_message DROP CONSTRAINT workflow_message_of_run;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0004_timers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='timer',
            name='run',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workflow.run'),
        ),
        migrations.AlterField(
            model_name='timer',
            name='token',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workflow.token'),
        ),
        migrations.AlterField(
            model_name='message',
            name='run',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workflow.run'),
        ),
        migrations.RunSQL(CASCADE, BACK),
    ]
