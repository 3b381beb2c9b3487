"""Results that last: tables, queries, decisions of reviewers, the trail of them."""
