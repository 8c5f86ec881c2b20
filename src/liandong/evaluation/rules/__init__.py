"""Who may do what in a drill, and when."""
