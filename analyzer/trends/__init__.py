"""What the reports of many units say over the years: from a store to frames, figures and a briefing."""
