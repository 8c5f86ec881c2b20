"""Actions, journal, permissions, realms, timers, live stream: what every app leans on. Knows no app."""
