"""library → what each page says: small frozen values, sorted, grouped and addressed, so that templates only loop and choose."""
