"""Tables of PDF pages: ruled and unruled regions become grids of cells."""
