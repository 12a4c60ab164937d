"""Claims as people look for them: by who said them and how, narrowed by filters with counts, taken as files."""
