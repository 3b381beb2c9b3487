"""述评: judge the writing of duty reports."""
