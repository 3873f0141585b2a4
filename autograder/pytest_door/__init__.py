"""`pytest autograder/ --submission PATH`: one submission's cases as pytest items."""
