"""How a request body is read and judged: shape first (pydantic), then sense (markers), each with plain messages."""
