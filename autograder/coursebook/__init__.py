"""What the course says: the only wing that reads `course/`."""
