"""The command line of the assistant and the library."""
