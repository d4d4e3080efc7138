"""From a finished run folder to what a person looks at: curves and one page."""
