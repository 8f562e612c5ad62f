"""The page: plan, see, change and compare in a browser, by the same services as the API."""
