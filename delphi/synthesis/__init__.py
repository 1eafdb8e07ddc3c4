"""From a closed round to the next list: decisions with their reasons, signatures, the list made of them."""
