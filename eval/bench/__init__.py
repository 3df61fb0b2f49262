"""Speed and memory, measured beside a plain baseline in the same run. Knows nothing of how right an answer is."""
