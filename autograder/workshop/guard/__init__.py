"""The content guard: is every lesson, exercise and notebook as it has to be?"""
