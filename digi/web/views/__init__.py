"""One module per page or family of pages; each turns a request into reads, commands and a template."""
