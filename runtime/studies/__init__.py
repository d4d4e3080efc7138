"""The trainings of a study, one after the other."""
