"""How strong are the checks? What they catch, what they name, and what they leave alone, measured."""
