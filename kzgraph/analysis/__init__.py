"""What follows from the claims: who says otherwise, how independently, what would fall, who is heard."""
