"""The record as it leaves the house: events, what is withheld of them, and the bag that holds everything."""
