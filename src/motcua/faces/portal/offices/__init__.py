"""Where to hand in: centres, their houses and real opening hours."""
