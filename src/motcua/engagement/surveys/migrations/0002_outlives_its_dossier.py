"""A rating outlives a destroyed dossier as a figure: it names no dossier then, and keeps no words."""

import django.db.models.deletion
from django.db import migrations, models

FORGET = """
CREATE FUNCTION surveys_rating_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.comment := '';
  RETURN NEW;
END $$;
CREATE TRIGGER surveys_rating_forget BEFORE UPDATE OF dossier_id ON surveys_rating
  FOR EACH ROW WHEN (NEW.dossier_id IS NULL) EXECUTE FUNCTION surveys_rating_forget();
"""
REMEMBER = "DROP TRIGGER surveys_rating_forget ON surveys_rating; DROP FUNCTION surveys_rating_forget();"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial"), ("dossiers", "0007_destruction")]
    operations = [
        migrations.AlterField(
            "rating",
            "dossier",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.dossier"
            ),
        ),
        migrations.RunSQL(FORGET, REMEMBER),
    ]
