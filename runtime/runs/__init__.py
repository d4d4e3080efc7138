"""Run folders: what each training leaves behind."""
