"""Addresses of all notes together: patterns filled in, languages, no two alike, old addresses that lead on."""
