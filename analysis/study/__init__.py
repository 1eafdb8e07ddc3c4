"""What a study is: frozen definitions that refuse what cannot be right."""
