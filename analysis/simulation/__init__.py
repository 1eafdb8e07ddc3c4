"""How a planned Delphi design behaves: many made-up panels, judged by the design's own rules."""
