"""What the people who write Liandong run; never shipped."""
