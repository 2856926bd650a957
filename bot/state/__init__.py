"""What survives a restart: one SQLite file. No Telegram here."""
