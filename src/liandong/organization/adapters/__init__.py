"""What comes in from outside: spreadsheets."""
