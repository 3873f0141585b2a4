"""The commands of `python -m autograder`, a file each."""
