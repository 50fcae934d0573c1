"""Address books of other programs: vCard and CSV files, read into cards."""
