"""The face for programs: REST under /api/ with OpenAPI 3.1, problem documents and keys. Holds no rules of its own."""
