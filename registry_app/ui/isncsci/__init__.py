"""The ISNCSCI worksheet: the sheet, the strip of a star, the body map, the result."""
