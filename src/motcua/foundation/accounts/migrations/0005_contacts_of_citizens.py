"""Citizens who had an account before may sign in by the phone number and e-mail address they gave."""

from django.db import migrations

from motcua.foundation.core import personal_data
from motcua.foundation.core.ids import uuid7


def carry_over(apps, schema_editor):
    Person = apps.get_model("accounts", "Person")
    SignInContact = apps.get_model("accounts", "SignInContact")
    taken = {bytes(digest) for digest in SignInContact.objects.values_list("digest", flat=True)}
    people = Person.objects.filter(user__isnull=False, is_officer=False).order_by("pk")
    for person in people.iterator(chunk_size=500):
        for kind in ("phone", "email"):
            cipher = getattr(person, f"{kind}_cipher")
            if not cipher:
                continue
            contact = personal_data.decrypt(cipher, purpose=f"person.{kind}").strip().lower()
            digest = personal_data.digest(contact, purpose=f"contact.{kind}")
            if digest in taken:
                continue  # the elder account keeps it; the other one adds its own when it signs in
            taken.add(digest)
            SignInContact.objects.create(
                public_id=uuid7(), user_id=person.user_id, kind=kind, digest=digest,
                cipher=personal_data.encrypt(contact, purpose="accounts.contact"),
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_sign_in")]
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
