//! Applying what was taken out and put in to the old text gives the new one, whatever the texts are.
