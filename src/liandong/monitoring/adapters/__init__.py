"""Outside formats turned into plain data: what can be read is read, what cannot is named by row."""
