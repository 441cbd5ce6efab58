"""The International Standards for Neurological Classification of Spinal Cord Injury."""
