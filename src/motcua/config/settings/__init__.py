"""Settings by topic. `base` reads the environment; `test` and `production` refine it."""
