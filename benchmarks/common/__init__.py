"""What the benchmarks share: environments and processes of peers, repeats in turns, and the record of measurements."""
