"""The double does what a real Zammad was seen to do (zammad.md section 11)."""
