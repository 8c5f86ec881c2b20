"""联动: a county's emergency linkage mechanism as running software."""
