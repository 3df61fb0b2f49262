"""A follow-up question completed from the turns before it."""
