"""Run folders: the files that each run writes."""
