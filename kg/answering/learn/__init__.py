"""What is fitted from the ways in which people ask."""
