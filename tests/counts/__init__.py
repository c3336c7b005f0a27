"""What the path of every mail costs, in counts that no noise touches: commits, statements, commands, bytes."""
