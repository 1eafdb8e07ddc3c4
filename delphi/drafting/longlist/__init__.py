"""The longlist of a draft: from the outcomes of a review to the outcomes of a study."""
