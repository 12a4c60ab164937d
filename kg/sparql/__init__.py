"""The query engines behind `execute(query, media_type, deadline) -> bytes`."""
