"""Two reports of one unit side by side: two years, or two drafts."""
