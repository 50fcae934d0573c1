"""The faces on a page: a server on this machine only, and what it shows in the browser. It holds no rule of its own."""
