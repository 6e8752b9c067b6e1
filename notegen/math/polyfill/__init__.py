"""What KaTeX knows and math-core lacks, said in words of math-core, with marks where it has none."""
