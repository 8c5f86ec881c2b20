"""Files of other programs: a drill's script as a spreadsheet."""
