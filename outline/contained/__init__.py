"""Files from outside, read by a child process that can do nothing else."""
