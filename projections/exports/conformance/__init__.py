"""The history held against what the notice itself asks for, read from the events and not from the states made of them."""
