"""The only code that touches the outside: disk, processes, images, fonts, pagefind."""
