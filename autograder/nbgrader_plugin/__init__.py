"""What `nbgrader_config.py` puts into nbgrader: our reading, our grading, our messages, one run at a time."""
