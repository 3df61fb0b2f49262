"""Chinese questions put into English words for the search and the reader."""
