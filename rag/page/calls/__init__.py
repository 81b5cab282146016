"""What browsers, programs and agents call, each with what it is answered."""
