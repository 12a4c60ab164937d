"""The graph: files become one checked data set, whose records, network and tables everybody else reads."""
