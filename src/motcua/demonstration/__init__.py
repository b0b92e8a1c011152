"""The demonstration province: packaged data and what loads it by calling the services of the house. Without models."""
