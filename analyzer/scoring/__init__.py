"""Judgements to a scorecard: rubrics as data, gates, deductions that sum exactly."""
