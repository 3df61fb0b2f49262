"""What single words and phrases of a question say: patterns of general English, until a learned part replaces them."""
