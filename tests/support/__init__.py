"""What tests share: drivers, readers of output, sample values, and places of the checkout."""
