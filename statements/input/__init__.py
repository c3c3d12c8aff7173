"""What people and programs send, read in one place or refused."""
