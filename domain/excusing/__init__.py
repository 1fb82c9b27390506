"""Time's exceptions: extensions, stops of the clock, waivers, and days that move because something else did."""
