"""What is wrong with an installation, and what to do: `response doctor`, and the page /operations/doctor/."""
