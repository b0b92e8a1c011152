"""Review and simplification of procedures (rà soát, đơn giản hóa): proposals and what they save people."""
