"""The parts of an answer sheet: what was asked, what was found, how it is counted, and how it is written."""
