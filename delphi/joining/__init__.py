"""How people come in: open links, the welcome, consent, what they tell of themselves, codes, "no thank you"."""
