"""What an interactive page is made of: its template, its scripts and styles, and where things lie on it."""
