"""Meeting what is owed other than by a report: attestations, assessments, answers to requests."""
