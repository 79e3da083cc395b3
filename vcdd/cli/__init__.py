"""The command line: argv, environment, streams and exit statuses. No decision about a model is taken here."""
