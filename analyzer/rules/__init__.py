"""Analysis to judgements: one file a rule, in folders by family, and the catalogue over them."""
