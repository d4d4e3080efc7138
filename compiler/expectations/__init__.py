"""The section `expect`: claims about the results, which labc checks after the training."""
