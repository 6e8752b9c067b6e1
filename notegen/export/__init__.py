"""A note for another place: Markdown, Zhihu, WeChat, EPUB, PDF; formulas stay what they are."""
