"""Acts that have a page of their own: each is described once, and its form, its check and its links are made of that."""
