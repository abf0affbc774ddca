"""A worker for Python algorithms. Arguments: the dependencies' folder where there is one, then the gateway's socket."""

import sys

_here = __file__.rpartition("/")[0]
sys.path.insert(0, _here)

from algomat_runner import worker  # noqa: E402

sys.path.remove(_here)
worker.main(sys.argv[1:], _here)
