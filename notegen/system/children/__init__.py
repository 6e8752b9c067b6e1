"""Programs in processes of their own: one that ends with us, and scripts of ours that answer questions."""
