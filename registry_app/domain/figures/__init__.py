"""What charts and reports show: pure values, without a unit, a colour or a language."""
