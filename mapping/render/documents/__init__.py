"""Documents: one account of what is known, as PDF, Word document, slides and web page."""
