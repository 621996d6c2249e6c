"""The load: a process of its own that speaks to servers through real sockets. Knows no workload."""
