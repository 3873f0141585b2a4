"""Put an exercise or a lesson into the course, and take an exercise out of it."""
