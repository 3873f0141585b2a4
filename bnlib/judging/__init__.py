"""How an answer is judged, in the notebook and when it is graded: data in, data out."""
