"""The database itself refuses to change what was journalled."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER entry_insert_only BEFORE UPDATE OR DELETE ON kernel_entry
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER link_insert_only BEFORE UPDATE OR DELETE ON kernel_link
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER payload_insert_only BEFORE UPDATE ON kernel_payload
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
"""
ALLOW = """
DROP TRIGGER entry_insert_only ON kernel_entry;
DROP TRIGGER link_insert_only ON kernel_link;
DROP TRIGGER payload_insert_only ON kernel_payload;
DROP FUNCTION kernel_refuse_change();
"""
# The running role may not delete payloads; this, owned by the migrating role, deletes one.
ERASE = """
CREATE FUNCTION kernel_erase_payload(said uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$ DELETE FROM kernel_payload WHERE entry_id = said $$;
"""
FORGET = "DROP FUNCTION kernel_erase_payload(uuid);"


class Migration(migrations.Migration):
    """Triggers against the owner's slips; grants against everybody else."""

    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(ERASE, FORGET),
    ]
