"""Around the main job: messages to citizens and what they say of it."""
