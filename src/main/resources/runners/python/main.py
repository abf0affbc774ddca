"""A worker for Python algorithms. Arguments: the dependencies' folder where there is one, then the gateway's socket."""
import sys

sys.exit("This build cannot run Python yet")
