"""Trains, measures and calibrates the reader that ships with the project. Needs data that the project does not hold."""
