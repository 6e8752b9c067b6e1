"""Folders as sections: which have a page, in which order they hold their notes, the tree and the breadcrumbs."""
