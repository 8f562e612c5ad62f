"""Events told to addresses that tenants name (Standard Webhooks), signed, tried again, and written down."""
