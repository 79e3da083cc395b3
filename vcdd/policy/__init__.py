"""The firm's own rules: a policy file in, an outcome out. The only place where origin may count."""
