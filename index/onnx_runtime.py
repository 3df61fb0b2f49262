"""The one place that loads ONNX Runtime, with its telemetry off.

From version 1.32 on it keeps a device id under the user's cache and reports its use over the network. Only the
environment, read while it is imported, turns that off. This module does not know what the library is used for.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

_NAME = "onnxruntime"
_SWITCH = "ORT_DISABLE_TELEMETRY"


def load_runtime() -> Any:  # noqa: ANN401 - the library carries no types
    """The module `onnxruntime`.

    Raises:
        ValueError: If something else has loaded it before, with its telemetry on.
    """
    if _NAME in sys.modules and os.environ.get(_SWITCH) != "1":
        raise ValueError(f"{_NAME} is loaded already, and reports its use over the network: set {_SWITCH}=1 before")
    os.environ[_SWITCH] = "1"
    return importlib.import_module(_NAME)
