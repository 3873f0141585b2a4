"""What an instructor and a maintainer run: keys, misconceptions, grading, and the making of notebooks."""
