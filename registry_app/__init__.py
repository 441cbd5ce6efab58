"""An offline follow-up registry for conditionally approved regenerative therapies."""
