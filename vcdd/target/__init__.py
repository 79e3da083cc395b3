"""The target: opened, walked and read within limits. Nothing of it is executed, imported, unpacked or handed to git."""
