"""The citizen's face: find a procedure, read it, hand in, follow. One folder per subject; rules live below."""
