"""What Response does out of the box, written with the same door as any plugin."""
