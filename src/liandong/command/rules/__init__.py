"""Who may, when: what command refuses, and the figures it goes by."""
