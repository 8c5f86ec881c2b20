"""What operators may do to the journal: erase by law, try again. The journal itself knows none of it."""
