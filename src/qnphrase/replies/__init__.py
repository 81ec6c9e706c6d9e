"""Which auto-reply a buyer gets, and why: rules tried before they are live."""
