"""What a site adds to notegen and its theme: shortcodes, data, style sheets and HTML, extensions."""
