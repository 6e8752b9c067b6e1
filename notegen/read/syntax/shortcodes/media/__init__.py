"""Pictures, films and files of tags, frames of raw HTML: as images, players and cards."""
