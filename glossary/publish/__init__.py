"""What people read: PDF, the aligned texts as a page, the report."""
