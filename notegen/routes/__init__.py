"""Routes: the address of every page and its output path; slugs, permalinks, the base path. Nothing else makes a URL.

A *site path* is an address below the base path, decoded, with a slash in front: `/posts/深度/`. A *URL* is what stands
in HTML: with the base path, percent-encoded. An *output path* is the file below the output folder.
"""
