"""What becomes of verdicts: JSON, a class's summary, a page, a spreadsheet, Gradescope's file, changes."""
