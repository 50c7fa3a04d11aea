"""WTForms: the shape and wording of input. A form returns a value, it never touches a row."""
