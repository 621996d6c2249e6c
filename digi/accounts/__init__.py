"""Who someone is: people, friendships, blocks, sessions and tokens. Knows no room."""
