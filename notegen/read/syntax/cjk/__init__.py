"""Chinese, Japanese and Korean typography: emphasis, line breaks, links, punctuation."""
