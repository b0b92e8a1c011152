"""Online filings that wait for acceptance."""
