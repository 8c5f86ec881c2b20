"""Files: content-addressed behind Django's storages, their digest in the journal."""
