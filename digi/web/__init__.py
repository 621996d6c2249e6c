"""Door 3: the pages, and what the browser loads. Holds no feature: reads by queries, writes by `execute`."""
