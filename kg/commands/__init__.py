"""The commands of `seminar-kg`, one module each; `kg.cli` puts them together."""
