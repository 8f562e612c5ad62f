"""Plans side by side: what each is worth, how near it comes to every rule, and what it costs against another."""
