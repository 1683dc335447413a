"""The verbs of the command line, a module a family; each verb is one function of the library."""
