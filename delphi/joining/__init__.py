"""How people come in: open links, welcome, consent, questions about oneself, codes, "no thank you"."""
