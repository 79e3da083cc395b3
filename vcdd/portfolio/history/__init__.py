"""When a stack changed: a local clone's commits, read from objects only, sampled by time."""
