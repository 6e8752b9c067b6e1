"""Extensions: modules that site.yaml names, which add rules, filters, pages and checks."""
