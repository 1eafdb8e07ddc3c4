"""How the team puts people on the panel and keeps their contacts: from a spreadsheet, or by hand."""
